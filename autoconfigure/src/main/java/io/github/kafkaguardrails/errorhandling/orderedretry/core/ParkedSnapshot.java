package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What is parked of one partition: the offsets in the parked topic of all records that
 * are not done. Whatever else lies in that topic is garbage. It is committed for the
 * parked topic, as offset ({@link #base()}) and {@link #metadata()}. Immutable.
 *
 * @since 0.1.0
 */
public final class ParkedSnapshot {

	/** Characters of metadata that a broker accepts by default: {@value}. */
	public static final int MAX_CHARS = 4096;

	/** Window that fits into the metadata whatever its offsets are: {@value}. */
	public static final int MAX_WINDOW = 24_000;

	/** Nothing was ever parked: what a missing commit means. */
	public static final ParkedSnapshot EMPTY = new ParkedSnapshot(0, new long[0]);

	private final long high;

	private final long[] incomplete;

	ParkedSnapshot(long high, long[] incomplete) {
		this.high = high;
		this.incomplete = incomplete;
	}

	/**
	 * Read a commit.
	 * @param offset committed offset
	 * @param metadata metadata of the commit
	 * @throws UnreadableSnapshotException if it is not what this class writes
	 */
	public static ParkedSnapshot read(long offset, @Nullable String metadata) throws UnreadableSnapshotException {
		return SnapshotCodec.decode(offset, metadata);
	}

	/**
	 * The offset to commit: of the first record that is not done, or {@link #high()}.
	 */
	public long base() {
		return (this.incomplete.length > 0) ? this.incomplete[0] : this.high;
	}

	/** The offset behind the last record in the parked topic known to be ours. */
	public long high() {
		return this.high;
	}

	/** The number of offsets from the first record that is not done to the end. */
	public long window() {
		return this.high - base();
	}

	/** The offsets of the records that are not done, in ascending order; a copy. */
	public long[] incomplete() {
		return this.incomplete.clone();
	}

	/** Whether nothing is parked. */
	public boolean isEmpty() {
		return this.incomplete.length == 0;
	}

	/** Whether a record of the parked topic is not done. */
	boolean contains(long parkedOffset) {
		return Arrays.binarySearch(this.incomplete, parkedOffset) >= 0;
	}

	/**
	 * Whether it can be written. Always true up to a window of {@value #MAX_WINDOW}.
	 */
	boolean fits() {
		return window() <= MAX_WINDOW || SnapshotCodec.encode(base(), this.high, this.incomplete) != null;
	}

	/**
	 * The metadata to commit: never empty, at most {@value #MAX_CHARS} characters.
	 * @throws IllegalStateException if it would be longer; never for the snapshot of a
	 * {@link PendingSnapshot}
	 */
	public String metadata() {
		String metadata = SnapshotCodec.encode(base(), this.high, this.incomplete);
		if (metadata == null) {
			throw new IllegalStateException("A window of %d offsets with %d incomplete ones does not fit"
				.formatted(window(), this.incomplete.length));
		}
		return metadata;
	}

	@Override
	public String toString() {
		return "base %d, high %d, %d incomplete".formatted(base(), this.high, this.incomplete.length);
	}

}
