package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

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
 * Flags listeners with a key or value deserializer that can fail and that no
 * {@code ErrorHandlingDeserializer} surrounds. It is for information only when nothing is
 * known about the deserializer or about the error handler.
 *
 * <p>
 * Why it hurts: somebody sends one record from a console. {@code poll()} throws before
 * any error handler sees a record, the container polls the same offset again at once, the
 * partition stands still, and the log grows by gigabytes an hour.
 *
 * <p>
 * Wrong: {@code value-deserializer: JacksonJsonDeserializer} with a handler of your own.
 * Right: {@code value-deserializer: ErrorHandlingDeserializer} and
 * {@code spring.deserializer.value.delegate.class: JacksonJsonDeserializer}.
 *
 * <p>
 * Legitimate for a deserializer that returns a value instead of throwing: waive it for
 * that listener. Listeners that Kafka Guardrails handles need no
 * {@code ErrorHandlingDeserializer}; a handler that stops the container does stop it, and
 * a share group rejects the record.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#error-handling-deserializer">ErrorHandlingDeserializer</a>
 */
@Pitfall(id = "serialization-poison-pill-unprotected",
		title = "One undeserializable record blocks the partition for ever", severity = Severity.WARNING,
		why = "The exception is thrown by poll(), before any error handler sees a record: the container loops on the same offset.",
		remedy = "spring.kafka.consumer.value-deserializer: org.springframework.kafka.support.serializer.ErrorHandlingDeserializer",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationPoisonPillUnprotected implements PitfallRule {

	/** Who copes with such a record: Kafka Guardrails, or a handler that stops. */
	private static final Set<Kind> PROTECTED = Set.of(Kind.GUARDRAILS, Kind.STOPPING);

	private static final List<String> KNOWN_PACKAGES = List.of("org.apache.kafka.common.serialization.",
			"org.springframework.kafka.support.serializer.", "io.confluent.kafka.", "io.apicurio.");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.container().type() != ContainerSetup.Type.SHARE
					&& !PROTECTED.contains(listener.errorHandling().kind()) && !unprotected(listener).isEmpty())
			.map((listener) -> finding(listener, unprotected(listener)))
			.toList();
	}

	private static List<DeserializerSide> unprotected(ListenerSetup listener) {
		return DeserializerSide.of(listener)
			.stream()
			.filter((side) -> side.known() && !side.deserializer().errorHandling() && !side.infallible())
			.toList();
	}

	private static Finding finding(ListenerSetup listener, List<DeserializerSide> sides) {
		Severity severity = severity(listener, sides);
		String harm = (severity == Severity.WARNING)
				? "A record that cannot be deserialized fails in poll(), before any error handler sees it: the container loops on its offset for ever."
				: "If a record that cannot be deserialized fails in poll(), no error handler sees it, and the container may loop on its offset for ever.";
		Finding finding = Finding.of(listener.subject(), harm).withSeverity(severity);
		for (DeserializerSide side : sides) {
			finding = protect(finding.withEvidence(side.evidence()), side);
		}
		return switch (listener.errorHandling().kind()) {
			case SPRING_DEFAULT -> finding.withFix(Fix.set("kafka.guardrails.safe-defaults", true));
			case RETRY_TOPIC -> finding;
			default -> finding.withFix(Fix
				.action("remove your error handler: Kafka Guardrails dead-letters such records with their bytes"));
		};
	}

	private static Severity severity(ListenerSetup listener, List<DeserializerSide> sides) {
		boolean certain = listener.errorHandling().kind() != Kind.CUSTOM
				&& sides.stream().anyMatch(SerializationPoisonPillUnprotected::throwsForSure);
		return certain ? Severity.WARNING : Severity.INFO;
	}

	private static boolean throwsForSure(DeserializerSide side) {
		String type = side.deserializer().className();
		return KNOWN_PACKAGES.stream().anyMatch(type::startsWith) && !type.contains(".Delegating")
				&& !type.contains(".Retrying");
	}

	private static Finding protect(Finding finding, DeserializerSide side) {
		String type = side.deserializer().className();
		if (side.deserializer().instance()) {
			return finding.withFix(Fix.action(
					"wrap the " + side.name() + " deserializer in the factory: new ErrorHandlingDeserializer<>(...)"));
		}
		return finding
			.withFix(Fix.set("spring.kafka.consumer." + side.name() + "-deserializer", DeserializerSide.ERROR_HANDLING))
			.withFix(Fix.set(side.delegateProperty(), type));
	}

}
