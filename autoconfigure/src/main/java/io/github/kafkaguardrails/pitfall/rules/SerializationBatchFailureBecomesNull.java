package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags batch listeners whose value deserializer is an {@code ErrorHandlingDeserializer}
 * without a function that replaces what cannot be deserialized, and whose failures Kafka
 * Guardrails does not handle.
 *
 * <p>
 * Why it hurts: in a batch no error handler hears of a poison pill. The list holds a
 * {@code null}, the listener skips it or fails on it, the batch is committed, and the
 * record is gone.
 *
 * <p>
 * Wrong: {@code spring.kafka.listener.type: batch}, an {@code ErrorHandlingDeserializer}
 * and an error handler of your own. Right: {@code spring.kafka.listener.type: single}, or
 * no handler of your own, so that Kafka Guardrails handles the record.
 *
 * <p>
 * Legitimate when the listener looks for the exception in the record's headers and throws
 * a {@code BatchListenerFailedException}: waive it for that listener. An
 * {@code ErrorHandlingDeserializer} that is given as an object is not flagged, because it
 * may have a function.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#error-handling-deserializer">ErrorHandlingDeserializer</a>
 */
@Pitfall(id = "serialization-batch-failure-becomes-null", title = "In a batch listener a failed record arrives as null",
		severity = Severity.WARNING,
		why = "No error handler hears of the failure: the batch is committed, and the record is lost unless the code looks for it.",
		remedy = "spring.kafka.listener.type: single", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationBatchFailureBecomesNull implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.container().type() == ContainerSetup.Type.BATCH
					&& listener.errorHandling().kind() != Kind.GUARDRAILS)
			.filter((listener) -> listener.valueDeserializer().errorHandling()
					&& !listener.valueDeserializer().instance()
					&& listener.consumer().given("spring.deserializer.value.function").isEmpty())
			.map(SerializationBatchFailureBecomesNull::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		Finding finding = Finding.of(listener.subject(),
				"A record that cannot be deserialized is a null in the list: no error handler hears of it, the batch is"
						+ " committed, and the record is lost unless the code looks for it.")
			.withEvidence(DeserializerSide.of(listener).get(1).evidence())
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()));
		Fix handled = (listener.errorHandling().kind() == Kind.SPRING_DEFAULT)
				? Fix.set("kafka.guardrails.safe-defaults", true)
				: Fix.action("remove your error handler: Kafka Guardrails handles such a record with its bytes");
		return finding.withFix(handled)
			.withFix(Fix.set("spring.kafka.listener.type", "single"))
			.withFix(Fix.action("look for the exception in the headers of the records and throw a"
					+ " BatchListenerFailedException"));
	}

}
