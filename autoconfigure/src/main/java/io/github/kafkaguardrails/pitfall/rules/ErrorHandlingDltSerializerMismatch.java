package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;

/**
 * Flags a dead-letter recoverer of the user, or retry topics, whose template cannot write
 * the original bytes of a record that could not be deserialized. Only sides that have an
 * {@code ErrorHandlingDeserializer} around a deserializer that can fail are looked at;
 * what Kafka Guardrails writes itself is always bytes.
 *
 * <p>
 * Why it hurts: the recoverer sends the bytes. A {@code StringSerializer} throws a
 * {@code ClassCastException}, the recovery fails, and the first broken record is retried
 * for ever: the partition stands still. A JSON serializer writes Base64 text, and nobody
 * can replay the dead letter.
 *
 * <p>
 * Wrong: {@code new DeadLetterPublishingRecoverer(kafkaTemplate)} with
 * {@code value-serializer: StringSerializer}. Right: {@code StringOrBytesSerializer}, or
 * a template whose {@code DelegatingByTypeSerializer} has an entry for {@code byte[]}.
 *
 * <p>
 * Legitimate when a destination resolver sends broken records through another template:
 * waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#dead-letters">Publishing
 * dead-letter records</a>
 */
@Pitfall(id = "error-handling-dlt-serializer-mismatch",
		title = "Undeserializable records cannot be written to the dead-letter topic as they were",
		severity = Severity.WARNING,
		why = "The recovery of the first broken record fails for ever, or writes something else than the original bytes.",
		remedy = "use StringOrBytesSerializer or a DelegatingByTypeSerializer with a byte[] entry in the recoverer's template",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingDltSerializerMismatch implements PitfallRule {

	private static final String STRING_SERIALIZER = "org.apache.kafka.common.serialization.StringSerializer";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners().stream().flatMap(ErrorHandlingDltSerializerMismatch::findings).toList();
	}

	private static Stream<Finding> findings(ListenerSetup listener) {
		ErrorHandlingSetup handling = listener.errorHandling();
		DeadLetterSetup deadLetter = handling.deadLetter();
		if (deadLetter == null || (handling.kind() != Kind.DEAD_LETTER && handling.kind() != Kind.RETRY_TOPIC)) {
			return Stream.empty();
		}
		return DeserializerSide.of(listener)
			.stream()
			.filter((side) -> side.deserializer().errorHandling() && !side.infallible())
			.flatMap((side) -> findings(side,
					side.name().equals("key") ? deadLetter.keySerializer() : deadLetter.valueSerializer()));
	}

	private static Stream<Finding> findings(DeserializerSide side, @Nullable SerdeSetup serializer) {
		if (serializer == null || !Boolean.FALSE.equals(serializer.acceptsBytes())) {
			return Stream.empty();
		}
		Finding finding = Finding.of(side.listener().subject(), harm(side, serializer))
			.withEvidence(side.listener()
				.fact(side.name() + " serializer of the dead-letter template", serializer.className()))
			.withEvidence(side.evidence());
		if (onlyText(serializer)) {
			finding = finding.withFix(Fix.set("spring.kafka.producer." + side.name() + "-serializer",
					"org.springframework.kafka.support.serializer.StringOrBytesSerializer"));
		}
		return Stream.of(finding.withFix(Fix.action(
				"give the recoverer a template of its own with a DelegatingByTypeSerializer: byte[] to ByteArraySerializer, Object to your serializer")));
	}

	private static String harm(DeserializerSide side, SerdeSetup serializer) {
		String sent = "The recoverer sends the bytes of an undeserializable " + side.name() + ": ";
		return onlyText(serializer) ? sent
				+ "the serializer throws a ClassCastException, the recovery fails, and the record is retried for ever."
				: sent + "the serializer fails and the record is retried for ever, or it writes something else than these bytes.";
	}

	private static boolean onlyText(SerdeSetup serializer) {
		return STRING_SERIALIZER.equals(serializer.className());
	}

}
