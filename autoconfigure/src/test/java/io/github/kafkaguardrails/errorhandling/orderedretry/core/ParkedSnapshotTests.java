package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Base64;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ParkedSnapshotTests {

	private static ParkedSnapshot again(ParkedSnapshot snapshot) throws UnreadableSnapshotException {
		String metadata = snapshot.metadata();
		assertThat(metadata).isNotEmpty().hasSizeLessThanOrEqualTo(ParkedSnapshot.MAX_CHARS);
		ParkedSnapshot read = ParkedSnapshot.read(snapshot.base(), metadata);
		assertThat(read.high()).isEqualTo(snapshot.high());
		assertThat(read.base()).isEqualTo(snapshot.base());
		assertThat(read.incomplete()).isEqualTo(snapshot.incomplete());
		return read;
	}

	@Test
	void commitsTheFirstRecordThatIsNotDone() throws UnreadableSnapshotException {
		ParkedSnapshot snapshot = again(new ParkedSnapshot(20, new long[] { 12, 13, 17 }));
		assertThat(snapshot.base()).isEqualTo(12);
		assertThat(snapshot.window()).isEqualTo(8);
		assertThat(snapshot.isEmpty()).isFalse();
	}

	@Test
	void commitsTheEndWhenEverythingIsDone() throws UnreadableSnapshotException {
		ParkedSnapshot snapshot = again(new ParkedSnapshot(20, new long[0]));
		assertThat(snapshot.base()).isEqualTo(20);
		assertThat(snapshot.isEmpty()).isTrue();
		again(ParkedSnapshot.EMPTY);
	}

	@Test
	void readsWhatItWrites() throws UnreadableSnapshotException {
		Random random = new Random(1);
		for (int run = 0; run < 2000; run++) {
			long base = random.nextLong(1L << (1 + random.nextInt(60)));
			int window = 1 + random.nextInt(1 << random.nextInt(14));
			double share = random.nextDouble();
			long[] incomplete = LongStream.range(base, base + window)
				.filter((offset) -> random.nextDouble() < share)
				.toArray();
			again(new ParkedSnapshot(base + window, incomplete));
		}
	}

	@Test
	void everyStateUpToTheLargestWindowFits() throws UnreadableSnapshotException {
		long base = 1L << 60;
		Random random = new Random(1);
		ParkedSnapshot alternating = new ParkedSnapshot(base + ParkedSnapshot.MAX_WINDOW,
				LongStream.range(base, base + ParkedSnapshot.MAX_WINDOW).filter((offset) -> offset % 2 == 0).toArray());
		ParkedSnapshot any = new ParkedSnapshot(base + ParkedSnapshot.MAX_WINDOW,
				LongStream.range(base, base + ParkedSnapshot.MAX_WINDOW)
					.filter((offset) -> offset == base || random.nextBoolean())
					.toArray());
		ParkedSnapshot full = new ParkedSnapshot(base + ParkedSnapshot.MAX_WINDOW,
				LongStream.range(base, base + ParkedSnapshot.MAX_WINDOW).toArray());
		again(alternating);
		again(any);
		again(full);
		assertThat(any.fits()).isTrue();
	}

	@Test
	void aWideWindowFitsWhileItIsSparse() throws UnreadableSnapshotException {
		ParkedSnapshot sparse = new ParkedSnapshot(1_000_000_000,
				LongStream.range(0, 500).map((number) -> number * 1_000_000).toArray());
		assertThat(sparse.fits()).isTrue();
		again(sparse);
	}

	@Test
	void refusesToWriteWhatDoesNotFit() {
		ParkedSnapshot wide = new ParkedSnapshot(40_000,
				LongStream.range(0, 40_000).filter((offset) -> offset % 2 == 0).toArray());
		assertThat(wide.fits()).isFalse();
		assertThatIllegalStateException().isThrownBy(wide::metadata).withMessageContaining("40000");
		ParkedSnapshot many = new ParkedSnapshot(40_000, LongStream.range(0, 40_000).toArray());
		assertThat(many.fits()).isFalse();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "2AAA", "x", "1", "1*", "1A", "{\"a\":1}", "1BQIAAQ", "1BQUHAQ" })
	void recognisesTheMetadataOfOthers(String metadata) {
		assertThatExceptionOfType(UnreadableSnapshotException.class).isThrownBy(() -> ParkedSnapshot.read(7, metadata));
	}

	@Test
	void recognisesAMovedOffset() {
		String metadata = new ParkedSnapshot(20, new long[] { 12 }).metadata();
		assertThatExceptionOfType(UnreadableSnapshotException.class).isThrownBy(() -> ParkedSnapshot.read(13, metadata))
			.withMessage("the metadata belongs to offset 12, the commit is at 13");
	}

	@Test
	void recognisesWhatWasCutOrGrew() {
		String metadata = new ParkedSnapshot(400,
				LongStream.range(12, 300).filter((offset) -> offset % 7 < 2).toArray())
			.metadata();
		byte[] bytes = Base64.getUrlDecoder().decode(metadata.substring(1));
		assertThat(bytes.length).isGreaterThan(10);
		String runs = new ParkedSnapshot(400, new long[] { 12, 300 }).metadata();
		assertThatExceptionOfType(UnreadableSnapshotException.class)
			.isThrownBy(() -> ParkedSnapshot.read(12, runs.substring(0, 3)));
		assertThatExceptionOfType(UnreadableSnapshotException.class)
			.isThrownBy(() -> ParkedSnapshot.read(20, new ParkedSnapshot(20, new long[0]).metadata() + "AA"));
	}

	@Test
	void fallsForNoGarbage() {
		Random random = new Random(1);
		int unreadable = 0;
		for (int run = 0; run < 20_000; run++) {
			byte[] bytes = new byte[1 + random.nextInt(30)];
			random.nextBytes(bytes);
			bytes[0] = 5;
			if (bytes.length > 2) {
				bytes[2] = (byte) random.nextInt(3);
			}
			try {
				ParkedSnapshot read = ParkedSnapshot.read(5, "1" + Base64.getUrlEncoder().encodeToString(bytes));
				assertThat(read.base()).isEqualTo(5);
				assertThat(read.high()).isGreaterThanOrEqualTo(5);
			}
			catch (UnreadableSnapshotException ex) {
				unreadable++;
			}
		}
		assertThat(unreadable).isPositive().isLessThan(20_000);
	}

	@Test
	void believesInNoMoreOffsetsThanItWrites() {
		// base 0, a window and a run of 2^40 offsets
		byte[] bytes = { 0, -128, -128, -128, -128, -128, 32, 0, -128, -128, -128, -128, -128, 32 };
		assertThatExceptionOfType(UnreadableSnapshotException.class)
			.isThrownBy(() -> ParkedSnapshot.read(0, "1" + Base64.getUrlEncoder().encodeToString(bytes)))
			.withMessage("there are too many incomplete offsets");
	}

}
