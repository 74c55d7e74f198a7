package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * What this owner knows of the partition of the parked topic: which offsets are not done,
 * how far it reaches, and which state of that is committed. Guarded by the lock of the
 * {@link LotState}.
 */
final class ParkedLog {

	private final OffsetSet incomplete = new OffsetSet();

	private long high;

	private long version;

	private long committed;

	/** Take over the end of a committed state. */
	void restoreHigh(long high) {
		this.high = high;
	}

	/** Take over an offset of a committed state. */
	void restore(long offset) {
		this.incomplete.add(offset);
	}

	/** The committed state is not the present one. */
	void differs() {
		this.version++;
	}

	/** An offset is known to be ours. */
	void reaches(long offset) {
		if (offset >= this.high) {
			this.high = offset + 1;
			this.version++;
		}
	}

	void add(long offset) {
		this.incomplete.add(offset);
		this.version++;
	}

	void remove(long offset) {
		this.incomplete.remove(offset);
		this.version++;
	}

	boolean contains(long offset) {
		return this.incomplete.contains(offset);
	}

	int size() {
		return this.incomplete.size();
	}

	long base() {
		return this.incomplete.firstOr(this.high);
	}

	long high() {
		return this.high;
	}

	long window() {
		return this.high - base();
	}

	long version() {
		return this.version;
	}

	long committedVersion() {
		return this.committed;
	}

	boolean isCommitted() {
		return this.committed == this.version;
	}

	void committed(long version) {
		if (version > this.version) {
			throw new IllegalArgumentException("Version %d does not exist yet".formatted(version));
		}
		this.committed = Math.max(this.committed, version);
	}

	PendingSnapshot snapshot() {
		return new PendingSnapshot(this.version, new ParkedSnapshot(this.high, this.incomplete.toArray()));
	}

}
