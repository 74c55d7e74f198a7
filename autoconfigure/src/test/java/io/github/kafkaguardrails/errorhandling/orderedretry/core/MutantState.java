package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.jspecify.annotations.Nullable;

/**
 * The state of a lot with one of its rules broken.
 */
final class MutantState extends LotState<TestRecord> {

	private final Mutant mutant;

	MutantState(ModelOptions options) {
		super(options.limits(), options.afterEnding());
		this.mutant = options.mutant();
	}

	@Override
	@Nullable ParkedEntry<TestRecord> head(ParkedKey<TestRecord> key) {
		ParkedEntry<TestRecord> head = super.head(key);
		if (this.mutant == Mutant.FIFO_PARKED) {
			for (ParkedEntry<TestRecord> entry = key.first; entry != null; entry = entry.next) {
				if (!entry.isDead() && head != null && entry.isAcknowledged()
						&& (!head.isAcknowledged() || entry.parkedOffset < head.parkedOffset)) {
					head = entry;
				}
			}
		}
		return head;
	}

	@Override
	boolean isPassed(long offset) {
		return switch (this.mutant) {
			case NO_FRONTIER -> true;
			case COMMITTED_ONLY -> offset < this.committedSource;
			case MAIN_POSITION_ONLY -> offset < this.mainPosition;
			default -> super.isPassed(offset);
		};
	}

	@Override
	boolean mayFollow(ParkedKey<TestRecord> key) {
		return this.mutant == Mutant.DEAD_RACE || super.mayFollow(key);
	}

}
