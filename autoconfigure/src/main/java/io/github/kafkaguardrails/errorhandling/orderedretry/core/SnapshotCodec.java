package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * The text of a snapshot: a version character, then in base64 the base, the length of the
 * window and the incomplete offsets of the window, as run lengths or as bits, whichever
 * is shorter. Numbers are variable-length integers, the low seven bits first.
 *
 * <p>
 * The base is there although it is the committed offset: whoever moves the offset and
 * keeps the metadata is noticed.
 */
final class SnapshotCodec {

	private static final char VERSION = '1';

	private static final int RUNS = 0;

	private static final int BITS = 1;

	private static final int MAX_BYTES = (ParkedSnapshot.MAX_CHARS - 1) * 3 / 4;

	private SnapshotCodec() {
	}

	/** The text, or {@code null} when it would be longer than allowed. */
	static @Nullable String encode(long base, long high, long[] incomplete) {
		if (incomplete.length > ParkedSnapshot.MAX_WINDOW) {
			return null;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		write(bytes, base);
		write(bytes, high - base);
		if (incomplete.length > 0) {
			byte @Nullable [] runs = runs(base, incomplete);
			byte @Nullable [] bits = bits(base, incomplete);
			if (runs == null && bits == null) {
				return null;
			}
			boolean shorter = bits == null || (runs != null && runs.length <= bits.length);
			bytes.write(shorter ? RUNS : BITS);
			bytes.writeBytes((shorter && runs != null) ? runs : bits);
		}
		if (bytes.size() > MAX_BYTES) {
			return null;
		}
		return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
	}

	/** Lengths of runs, incomplete and complete in turn; the last one is incomplete. */
	private static byte @Nullable [] runs(long base, long[] incomplete) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		long start = base;
		long end = base;
		for (long offset : incomplete) {
			if (offset > end) {
				write(bytes, end - start);
				write(bytes, offset - end);
				start = offset;
			}
			end = offset + 1;
			if (bytes.size() > MAX_BYTES) {
				return null;
			}
		}
		write(bytes, end - start);
		return bytes.toByteArray();
	}

	private static byte @Nullable [] bits(long base, long[] incomplete) {
		if (incomplete[incomplete.length - 1] - base >= MAX_BYTES * 8L) {
			return null;
		}
		BitSet bits = new BitSet();
		for (long offset : incomplete) {
			bits.set((int) (offset - base));
		}
		return bits.toByteArray();
	}

	private static void write(ByteArrayOutputStream bytes, long number) {
		long rest = number;
		while ((rest & ~0x7FL) != 0) {
			bytes.write((int) ((rest & 0x7F) | 0x80));
			rest >>>= 7;
		}
		bytes.write((int) rest);
	}

	static ParkedSnapshot decode(long offset, @Nullable String metadata) throws UnreadableSnapshotException {
		if (metadata == null || metadata.isEmpty()) {
			throw new UnreadableSnapshotException("the commit has no metadata");
		}
		if (metadata.charAt(0) != VERSION) {
			throw new UnreadableSnapshotException("the metadata is not of version " + VERSION);
		}
		Reader reader = new Reader(bytes(metadata.substring(1)));
		long base = reader.number();
		if (base != offset) {
			throw new UnreadableSnapshotException(
					"the metadata belongs to offset %d, the commit is at %d".formatted(base, offset));
		}
		long window = reader.number();
		if (window > Long.MAX_VALUE - base) {
			throw new UnreadableSnapshotException("the window is too long");
		}
		long[] incomplete = (window == 0) ? new long[0] : reader.incomplete(base, window);
		reader.end();
		return new ParkedSnapshot(base + window, incomplete);
	}

	private static byte[] bytes(String text) throws UnreadableSnapshotException {
		try {
			return Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableSnapshotException("the metadata is not base64");
		}
	}

	/** Reads what was written and trusts none of it. */
	private static final class Reader {

		private final byte[] bytes;

		private int position;

		Reader(byte[] bytes) {
			this.bytes = bytes;
		}

		long number() throws UnreadableSnapshotException {
			long number = 0;
			for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
				int next = next();
				number |= (next & 0x7FL) << shift;
				if ((next & 0x80) == 0) {
					return number;
				}
			}
			throw new UnreadableSnapshotException("a number is too long");
		}

		private int next() throws UnreadableSnapshotException {
			if (this.position == this.bytes.length) {
				throw new UnreadableSnapshotException("the metadata ends too early");
			}
			return this.bytes[this.position++] & 0xFF;
		}

		long[] incomplete(long base, long window) throws UnreadableSnapshotException {
			return switch (next()) {
				case RUNS -> runs(base, window);
				case BITS -> bits(base, window);
				default -> throw new UnreadableSnapshotException("the form of the offsets is unknown");
			};
		}

		private long[] runs(long base, long window) throws UnreadableSnapshotException {
			long[] offsets = new long[16];
			int count = 0;
			long end = 0;
			for (boolean run = true; run || this.position < this.bytes.length; run = !run) {
				long length = number();
				if (length == 0 || length > window - end) {
					throw new UnreadableSnapshotException("a run of offsets leaves the window");
				}
				if (run && length > ParkedSnapshot.MAX_WINDOW - count) {
					throw new UnreadableSnapshotException("there are too many incomplete offsets");
				}
				for (long offset = end; run && offset < end + length; offset++) {
					if (count == offsets.length) {
						offsets = Arrays.copyOf(offsets, 2 * count);
					}
					offsets[count++] = base + offset;
				}
				end += length;
			}
			return Arrays.copyOf(offsets, count);
		}

		private long[] bits(long base, long window) throws UnreadableSnapshotException {
			BitSet bits = BitSet.valueOf(Arrays.copyOfRange(this.bytes, this.position, this.bytes.length));
			this.position = this.bytes.length;
			if (!bits.get(0) || bits.length() > window || bits.cardinality() > ParkedSnapshot.MAX_WINDOW) {
				throw new UnreadableSnapshotException("the bits of the offsets do not match the window");
			}
			return bits.stream().mapToLong((bit) -> base + bit).toArray();
		}

		void end() throws UnreadableSnapshotException {
			if (this.position != this.bytes.length) {
				throw new UnreadableSnapshotException("the metadata is too long");
			}
		}

	}

}
