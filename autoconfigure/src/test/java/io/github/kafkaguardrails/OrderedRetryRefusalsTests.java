package io.github.kafkaguardrails;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryStrategy;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;

import static org.assertj.core.api.Assertions.assertThat;

class OrderedRetryRefusalsTests {

	@ParameterizedTest
	@EnumSource
	void refusesWhatCannotKeepThePromiseAndNamesTheWayOut(ListenerKind kind) {
		try (FailedRecordTopics topics = new FailedRecordTopics(Provisioning.NONE, "test", Clock.systemUTC());
				OrderedRetryStrategy strategy = new OrderedRetryStrategy(topics, false, () -> null, new ParkedKeys())) {
			List<String> refusals = strategy.refusals(kind.listener());
			switch (kind) {
				case RECORD, PATTERN -> assertThat(refusals).isEmpty();
				case BATCH, TRANSACTIONAL, ASYNCHRONOUS,
						NO_GROUP ->
					assertThat(refusals).singleElement()
						.asString()
						.contains("retry.mode 'ordered'", "retry.mode 'blocking'");
			}
		}
	}

}
