package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;

/**
 * Flags listeners that retry topics of Spring Kafka serve.
 *
 * <p>
 * Why it hurts: "ordered" fails and waits in a retry topic, "cancelled" is processed, and
 * a minute later the order comes back to life.
 *
 * <p>
 * Wrong: {@code @RetryableTopic} for events whose order matters. Right:
 * {@code kafka.guardrails.listeners.<id>.retry.mode: blocking}, which keeps the order of
 * the partition.
 *
 * <p>
 * Legitimate where each record stands for itself: switch the rule off, or waive it for
 * that listener. The mode {@code topic} of Kafka Guardrails gives up the order as well;
 * whoever chooses it has read so.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/retrytopic.html">Non-blocking
 * retries</a>
 */
@Pitfall(id = "error-handling-retry-topic-ordering", title = "Retry topics give up ordering", severity = Severity.INFO,
		why = "A later event of the same key is processed before the one that failed.",
		remedy = "blocking retries where the order matters", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingRetryTopicOrdering implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.RETRY_TOPIC)
			.map((listener) -> finding(listener, setup.application().properties()))
			.toList();
	}

	private static Finding finding(ListenerSetup listener, PropertySetup properties) {
		Finding finding = Finding
			.of(listener.subject(),
					"A later record of the same key is processed while the one that failed waits in a retry topic.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()));
		return RetryTopicRemedy.blocking(finding, listener, properties);
	}

}
