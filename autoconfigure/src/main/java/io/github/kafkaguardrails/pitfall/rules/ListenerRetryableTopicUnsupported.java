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
 * Flags listeners with retry topics of Spring Kafka in a container with a Kafka
 * transaction manager. (Of a batch listener with retry topics Spring Kafka itself makes
 * the start-up fail, before anything can be checked.)
 *
 * <p>
 * Why it hurts: the listener has sent "reserved" and then fails. The record moves on to
 * the retry topic, which counts as success: the transaction is committed, "reserved"
 * becomes visible, and the next attempt sends it again.
 *
 * <p>
 * Wrong: {@code @RetryableTopic} and {@code spring.kafka.producer.transaction-id-prefix}.
 * Right: {@code kafka.guardrails.listeners.<id>.retry.mode: blocking}, which rolls back.
 *
 * <p>
 * Legitimate for a listener that sends nothing: waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/retrytopic.html">Non-blocking
 * retries</a>
 */
@Pitfall(id = "listener-retryable-topic-unsupported",
		title = "Retry topics serve a transactional listener, which is not supported", severity = Severity.WARNING,
		why = "The transaction of a failed attempt is committed, with everything that the attempt has sent.",
		remedy = "blocking retries for transactional listeners", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerRetryableTopicUnsupported implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.RETRY_TOPIC
					&& listener.container().transactional())
			.map((listener) -> finding(listener, setup.application().properties()))
			.toList();
	}

	private static Finding finding(ListenerSetup listener, PropertySetup properties) {
		Finding finding = Finding
			.of(listener.subject(),
					"When a record moves on to a retry topic, the transaction of the failed attempt is committed, with "
							+ "everything that the attempt has sent.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withEvidence(listener.fact("transactional", true));
		return RetryTopicRemedy.blocking(finding, listener, properties);
	}

}
