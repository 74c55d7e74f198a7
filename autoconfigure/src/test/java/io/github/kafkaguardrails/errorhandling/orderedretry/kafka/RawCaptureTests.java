package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawCaptureTests {

	private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

	private final RawCapture capture = new RawCapture();

	@Test
	void knowsKeyValueAndHeadersAsTheyWereBeforeADeserializerRemovedSome() {
		Headers headers = new RecordHeaders().add("type", bytes("Order"));
		ConsumerRecord<String, String> record = poll(List.of(record(0, headers, "k", "v"))).get(0);
		headers.remove("type");
		ParkedSource source = Objects.requireNonNull(this.capture.of(record));
		assertThat(source.key()).isEqualTo(bytes("k"));
		assertThat(source.value()).isEqualTo(bytes("v"));
		assertThat(source.headers()).extracting(Header::key).containsExactly("type");
	}

	@Test
	void knowsBytesThatADeserializerHasRead() {
		Headers headers = new RecordHeaders();
		ByteBuffer value = ByteBuffer.wrap(bytes("..value..")).position(2).limit(7);
		ConsumerRecord<String, String> record = record(0, headers, null, "value");
		this.capture.poll(() -> {
			this.capture.add(headers, value, false);
			value.position(4).limit(5);
			return new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of());
		});
		assertThat(Objects.requireNonNull(this.capture.of(record)).value()).isEqualTo(bytes("value"));
	}

	@Test
	void tellsManyRecordsApart() {
		List<ConsumerRecord<String, String>> records = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			records.add(record(i, new RecordHeaders(), "k" + i, "v" + i));
		}
		poll(records);
		for (int i : new int[] { 0, 1, 1999, 7, 1000 }) {
			assertThat(this.capture.key(records.get(i))).isEqualTo(bytes("k" + i));
		}
	}

	@Test
	void hasNothingForMissingSides() {
		ConsumerRecord<String, String> tombstone = record(0, new RecordHeaders(), "k", null);
		ConsumerRecord<String, String> keyless = record(1, new RecordHeaders(), null, "v");
		ConsumerRecord<String, String> empty = record(2, new RecordHeaders(), null, null);
		poll(List.of(tombstone, keyless, empty));
		assertThat(this.capture.of(tombstone)).extracting(ParkedSource::value).isNull();
		assertThat(this.capture.of(keyless)).extracting(ParkedSource::key).isNull();
		assertThat(this.capture.key(keyless)).isNull();
		assertThat(this.capture.of(empty)).extracting(ParkedSource::key).isNull();
	}

	@Test
	void knowsARecordThatAnInterceptorHasReplaced() {
		poll(List.of(record(0, new RecordHeaders(), "k0", "v0"), record(1, new RecordHeaders(), "k1", "v1")));
		ConsumerRecord<String, String> other = record(1, new RecordHeaders().add("added", bytes("x")), "?", "?");
		assertThat(this.capture.key(other)).isEqualTo(bytes("k1"));
	}

	@Test
	void keepsWhatItKnowsUntilThereAreOtherRecords() {
		ConsumerRecord<String, String> first = poll(List.of(record(0, new RecordHeaders(), "k0", "v0"))).get(0);
		this.capture.poll(ConsumerRecords::empty);
		assertThat(this.capture.knows(first)).isTrue();
		poll(List.of(record(1, new RecordHeaders(), "k1", "v1")));
		assertThat(this.capture.knows(first)).isFalse();
	}

	private List<ConsumerRecord<String, String>> poll(List<ConsumerRecord<String, String>> polled) {
		this.capture.poll(() -> {
			for (ConsumerRecord<String, String> record : polled) {
				if (record.key() != null) {
					this.capture.add(record.headers(), ByteBuffer.wrap(bytes(record.key())), true);
				}
				if (record.value() != null) {
					this.capture.add(record.headers(), ByteBuffer.wrap(bytes(record.value())), false);
				}
			}
			return new ConsumerRecords<>(Map.of(PARTITION, polled), Map.of());
		});
		return polled;
	}

	@SuppressWarnings("NullAway") // a record without a key or value has none
	private static ConsumerRecord<String, String> record(long offset, Headers headers, @Nullable String key,
			@Nullable String value) {
		return new ConsumerRecord<>("orders", 0, offset, 0, TimestampType.CREATE_TIME,
				(key != null) ? key.length() : -1, (value != null) ? value.length() : -1, key, value, headers,
				Optional.empty());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
