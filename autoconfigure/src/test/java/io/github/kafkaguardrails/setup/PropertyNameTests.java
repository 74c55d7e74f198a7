package io.github.kafkaguardrails.setup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PropertyName}. */
class PropertyNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.consumer.max-poll-records", "spring.kafka.consumer.maxPollRecords",
			"spring.kafka.consumer.max_poll_records", "SPRING.KAFKA.CONSUMER.MAX-POLL-RECORDS",
			"SPRING_KAFKA_CONSUMER_MAXPOLLRECORDS", "SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS",
			"spring.kafka.consumer.max-poll-records[3]", "SPRING_KAFKA_CONSUMER_MAXPOLLRECORDS_3_" })
	void matchesEverySpelling(String name) {
		assertThat(PropertyName.of(name).matches("spring.kafka.consumer.max-poll-records")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.consumer.max-poll-record", "spring.kafka.consumer.max.poll-records",
			"SPRING_KAFKA_CONSUMER_MAXPOLLRECORD", "spring.kafka.consumer.max-poll-records.x" })
	void doesNotMatchAnotherName(String name) {
		assertThat(PropertyName.of(name).matches("spring.kafka.consumer.max-poll-records")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "spring.kafka.properties.linger.ms,linger.ms", "spring.kafka.properties[linger.ms],linger.ms",
			"spring.kafka.properties.fetchMaxBytes,fetchMaxBytes", "spring.kafka.properties.list[0],list.0",
			"SPRING_KAFKA_PROPERTIES_LINGER_MS,linger.ms" })
	void tellsWhatStandsBelowAMap(String name, String below) {
		assertThat(PropertyName.of(name).below("spring.kafka.properties")).contains(below);
	}

	@Test
	void keepsWhatIsWrittenInBracketsTogether() {
		assertThat(PropertyName.of("kafka.guardrails.topics.[orders.*].retry.fatal[0]")
			.elementsBelow("kafka.guardrails.topics")).containsExactly("orders.*", "retry", "fatal", "0");
		assertThat(PropertyName.of("kafka.guardrails.topics[orders.*].then").elementsBelow("kafka.guardrails.topics"))
			.containsExactly("orders.*", "then");
		assertThat(PropertyName.of("KAFKA_GUARDRAILS_TOPICS_ORDERS_THEN").elementsBelow("kafka.guardrails.topics"))
			.containsExactly("orders", "then");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.properties", "spring.kafka.consumer.properties.linger.ms",
			"SPRING_KAFKA_PROPERTIES", "spring.kafka.propertiesx.linger.ms" })
	void nothingStandsBelowAnotherName(String name) {
		assertThat(PropertyName.of(name).below("spring.kafka.properties")).isEmpty();
	}

}
