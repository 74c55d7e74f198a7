package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LotMemoryTests {

	private static final int LOTS = 25;

	private static final int KEYS = 8_000;

	@Test
	void aParkedKeyTakesAtMostTwoHundredBytesBesidesItsPayload() {
		List<List<StoredRecord>> payload = new ArrayList<>();
		for (int lot = 0; lot < LOTS; lot++) {
			List<StoredRecord> records = new ArrayList<>();
			for (int offset = 0; offset < KEYS; offset++) {
				records.add(new StoredRecord("key-%d".formatted(offset).getBytes(StandardCharsets.UTF_8), offset));
			}
			payload.add(records);
		}
		long before = usedHeap();
		List<Lot<StoredRecord>> lots = new ArrayList<>();
		for (List<StoredRecord> records : payload) {
			lots.add(lot(records));
		}
		long perKey = (usedHeap() - before) / (LOTS * KEYS);
		System.getLogger(LotMemoryTests.class.getName())
			.log(System.Logger.Level.INFO, "A parked key takes {0} bytes", perKey);
		assertThat(lots).allMatch((lot) -> lot.operations().status(1).keys() == KEYS);
		assertThat(payload).hasSize(LOTS);
		assertThat(perKey).isBetween(80L, 200L);
	}

	private static Lot<StoredRecord> lot(List<StoredRecord> records) {
		Lot<StoredRecord> lot = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		lot.load(ParkedSnapshot.EMPTY, 0, List.of());
		for (StoredRecord record : records) {
			lot.route(record.key(), record.offset());
			ParkedWrite<StoredRecord> write = lot.park(new ParkedRecord<>(record, 1, 1, 1, Standing.WAITING));
			lot.writes().written(write, record.offset(), 1);
		}
		CommitPermit permit = lot.gate(KEYS);
		lot.sourceCommitted(permit.offset());
		assertThat(lot.operations().status(1).due()).isEqualTo(KEYS);
		return lot;
	}

	private static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		long least = Long.MAX_VALUE;
		for (int time = 0; time < 4; time++) {
			System.gc();
			least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
		}
		return least;
	}

	private static final class StoredRecord implements SourceRecord {

		private final byte[] key;

		private final long offset;

		StoredRecord(byte[] key, long offset) {
			this.key = key;
			this.offset = offset;
		}

		@Override
		public byte[] key() {
			return this.key;
		}

		@Override
		public long offset() {
			return this.offset;
		}

		@Override
		public int size() {
			return this.key.length;
		}

	}

}
