package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The broker of the model: one source partition, the parked topic, and the committed
 * offsets of both in one log.
 */
final class ModelBroker {

	static final int NOBODY = -1;

	private final @Nullable String[] keys;

	final List<ParkedRecord<TestRecord>> parked = new ArrayList<>();

	final List<Committed> history = new ArrayList<>(List.of(new Committed(0, 0, null)));

	long generation;

	int owner = NOBODY;

	ModelBroker(@Nullable String[] keys) {
		this.keys = keys;
	}

	@Nullable String key(int source) {
		return this.keys[source];
	}

	/** Records without a key have nothing to do with each other. */
	boolean sameKey(int one, int other) {
		String key = this.keys[one];
		return one == other || (key != null && key.equals(this.keys[other]));
	}

	TestRecord record(int source) {
		return TestRecord.of(this.keys[source], source);
	}

	Committed committed() {
		return this.history.get(this.history.size() - 1);
	}

	boolean isOwner(int process, long generation) {
		return this.owner == process && this.generation == generation;
	}

	void commitSource(long offset) {
		this.history.add(new Committed(offset, committed().parked(), committed().metadata()));
	}

	void commitParked(ParkedSnapshot snapshot) {
		this.history.add(new Committed(committed().source(), snapshot.base(), snapshot.metadata()));
	}

	/** Lose the last commits. */
	void truncate(int commits) {
		this.history.subList(this.history.size() - commits, this.history.size()).clear();
	}

	/**
	 * Committed offsets.
	 *
	 * @param source committed offset of the source
	 * @param parked committed offset of the parked topic
	 * @param metadata its metadata, or {@code null} when there never was a commit
	 */
	record Committed(long source, long parked, @Nullable String metadata) {

		ParkedSnapshot snapshot() {
			try {
				return (this.metadata != null) ? ParkedSnapshot.read(this.parked, this.metadata) : ParkedSnapshot.EMPTY;
			}
			catch (UnreadableSnapshotException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
