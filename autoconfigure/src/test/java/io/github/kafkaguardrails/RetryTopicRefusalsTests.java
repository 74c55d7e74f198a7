package io.github.kafkaguardrails;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import io.github.kafkaguardrails.errorhandling.retrytopic.RetryTopicStrategy;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;

import static org.assertj.core.api.Assertions.assertThat;

class RetryTopicRefusalsTests {

	@ParameterizedTest
	@EnumSource
	void refusesWhatCannotWorkAndNamesTheWayOut(ListenerKind kind) {
		try (FailedRecordTopics topics = new FailedRecordTopics(Provisioning.NONE, "test", Clock.systemUTC());
				RetryTopicStrategy strategy = new RetryTopicStrategy(topics, KafkaListenerEndpointRegistry::new,
						(listener) -> {
						})) {
			List<String> refusals = strategy.refusals(kind.listener());
			switch (kind) {
				case RECORD, PATTERN -> assertThat(refusals).isEmpty();
				case BATCH -> assertThat(refusals)
					.containsExactly("retry.mode 'topic' retries single records and cannot work with"
							+ " a batch listener: set spring.kafka.listener.type to single, or use retry.mode 'blocking'");
				case TRANSACTIONAL -> assertThat(refusals).containsExactly(
						"retry.mode 'topic' cannot work in a transactional container, because the transaction"
								+ " would commit what the failed attempt has sent: use retry.mode 'blocking'");
				case ASYNCHRONOUS -> assertThat(refusals).singleElement()
					.asString()
					.startsWith("retry.mode 'topic' cannot work with a listener that acknowledges out of order")
					.endsWith(": use retry.mode 'blocking'");
				case NO_GROUP ->
					assertThat(refusals).containsExactly("retry.mode 'topic' needs a consumer group for the"
							+ " retry topics: give the listener a groupId, or use retry.mode 'blocking'");
			}
		}
	}

}
