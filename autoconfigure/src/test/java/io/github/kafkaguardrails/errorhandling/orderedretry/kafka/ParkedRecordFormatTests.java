package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.LoadedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Standing;

import static org.assertj.core.api.Assertions.assertThat;

class ParkedRecordFormatTests {

	private static final TopicPartition SOURCE = new TopicPartition("orders", 3);

	private static final TopicPartition PARKED = new TopicPartition("orders-billing-parked", 3);

	private static final Header HEADER = new RecordHeader("type", bytes("Order"));

	@Test
	void comesBackAsItWasParked() {
		ParkedRecord<ParkedSource> parked = parked(bytes("k"), bytes("v"), 2, 1000, Standing.WAITING);
		parked.source().failed(new IllegalStateException("no"));
		ProducerRecord<byte[], byte[]> written = ParkedRecordFormat.write(PARKED, parked);
		assertThat(written.topic()).isEqualTo("orders-billing-parked");
		assertThat(written.partition()).isEqualTo(3);
		assertThat(written.timestamp()).isNull();
		LoadedRecord<ParkedSource> loaded = ParkedRecordFormat.read(SOURCE, stored(written)).orElseThrow();
		assertThat(loaded.parkedOffset()).isEqualTo(7);
		assertThat(loaded.writtenAt()).isEqualTo(5000);
		assertThat(loaded.record().attempts()).isEqualTo(2);
		assertThat(loaded.record().firstFailure()).isEqualTo(1000);
		assertThat(loaded.record().standing()).isEqualTo(Standing.WAITING);
		ParkedSource source = loaded.record().source();
		assertThat(source.key()).isEqualTo(bytes("k"));
		assertThat(source.value()).isEqualTo(bytes("v"));
		assertThat(source.offset()).isEqualTo(42);
		assertThat(source.timestamp()).isEqualTo(99);
		assertThat(source.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
		assertThat(source.headers()).containsExactly(HEADER);
		assertThat(source.cause()).isEqualTo("java.lang.IllegalStateException: no");
		assertThat(source.stored().partition()).isEqualTo(3);
	}

	@Test
	void keepsTombstonesRecordsWithoutKeysAndDeadMarkers() {
		ProducerRecord<byte[], byte[]> written = ParkedRecordFormat.write(PARKED,
				parked(null, null, 0, 0, Standing.DEAD));
		LoadedRecord<ParkedSource> loaded = ParkedRecordFormat.read(SOURCE, stored(written)).orElseThrow();
		assertThat(loaded.record().standing()).isEqualTo(Standing.DEAD);
		assertThat(loaded.record().source().key()).isNull();
		assertThat(loaded.record().source().value()).isNull();
	}

	@Test
	void refusesRecordsOfOthers() {
		assertThat(ParkedRecordFormat.read(SOURCE, stored(new ProducerRecord<>("any", bytes("v"))))).isEmpty();
	}

	@Test
	void resumesTheScheduleByTheTimeSinceTheFirstFailure() {
		RetryPolicy policy = new RetryPolicy(
				ErrorHandlingSettings.of(List.of(new ErrorHandlingProperties(new ErrorHandlingProperties.Retry(null, 5,
						Duration.ofSeconds(1), 2d, Duration.ofMinutes(1), 0d, null, null), null, null, null))),
				null, () -> 0.5);
		ParkedRecord<ParkedSource> parked = parked(bytes("k"), bytes("v"), 1, 10_000, Standing.WAITING);
		assertThat(ResumedSchedule.resume(parked, policy, 10_500)).extracting(ParkedRecord::attempts, ParkedRecord::due)
			.containsExactly(1, 11_000L);
		assertThat(ResumedSchedule.resume(parked, policy, 11_000)).extracting(ParkedRecord::attempts, ParkedRecord::due)
			.containsExactly(2, 13_000L);
		assertThat(ResumedSchedule.resume(parked, policy, 10_000_000)).extracting(ParkedRecord::attempts).isEqualTo(4);
		ParkedRecord<ParkedSource> follower = ParkedRecord.follower(parked.source());
		assertThat(ResumedSchedule.resume(follower, policy, 10_000_000)).isSameAs(follower);
	}

	private static ParkedRecord<ParkedSource> parked(byte @Nullable [] key, byte @Nullable [] value, int attempts,
			long firstFailure, Standing standing) {
		ParkedSource source = new ParkedSource(SOURCE, 42, 99, TimestampType.LOG_APPEND_TIME, key, value,
				new Header[] { HEADER });
		return new ParkedRecord<>(source, attempts, firstFailure, 0, standing);
	}

	private static ConsumerRecord<byte[], byte[]> stored(ProducerRecord<byte[], byte[]> written) {
		return new ConsumerRecord<>("orders-billing-parked", 3, 7, 5000, TimestampType.CREATE_TIME, -1, -1,
				written.key(), written.value(), new RecordHeaders(written.headers().toArray()), Optional.empty());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
