package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags record listeners whose payload parameter none of the container's converters can
 * make from what the value deserializer gives. The converters that the container really
 * has are asked; a converter, an argument resolver or an interceptor of the application
 * that may know better means that nothing is said.
 *
 * <p>
 * Why it hurts: {@code void handle(Order order)} with Spring Boot's default
 * {@code StringDeserializer}. No record ever reaches the method: each one fails with a
 * {@code MessageConversionException}, which is not retried, and is skipped or
 * dead-lettered.
 *
 * <p>
 * Wrong: an object as payload and no {@code value-deserializer}. Right:
 * {@code JacksonJsonDeserializer} behind an {@code ErrorHandlingDeserializer}, or a
 * {@code JacksonJsonMessageConverter} bean.
 *
 * <p>
 * Legitimate: never. A type with a public constructor that takes the deserialized value
 * is converted, hence not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#messaging-message-conversion">Message
 * conversion</a>
 */
@Pitfall(id = "listener-payload-not-convertible",
		title = "The payload type cannot be made from what the deserializer returns", severity = Severity.ERROR,
		why = "The conversion of every record fails before the listener method is called.",
		remedy = "a deserializer or a RecordMessageConverter that makes the payload type", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerPayloadNotConvertible implements StartupPitfallRule {

	private static final String CONSUMER = "spring.kafka.consumer.";

	private static final String JSON = "org.springframework.kafka.support.serializer.JacksonJsonDeserializer";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			if (listener.payloadInconvertible() && listener.container().type() == ContainerSetup.Type.RECORD) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener) {
		DeserializerSide value = new DeserializerSide(listener, "value", listener.valueDeserializer());
		String payload = listener.methods().stream().map(ListenerMethod::payloadType).findFirst().orElse(null);
		Finding finding = Finding
			.of(listener.subject(),
					"No record reaches the method: the conversion of each one fails before, and is not tried again.")
			.withEvidence(listener.fact("payload type", (payload != null) ? payload : "see the method"))
			.withEvidence(value.evidence());
		if (payload != null && !value.deserializer().instance()) {
			finding = finding.withFix(Fix.set(CONSUMER + "value-deserializer", DeserializerSide.ERROR_HANDLING))
				.withFix(Fix.set(value.delegateProperty(), JSON))
				.withFix(Fix.set(CONSUMER + "properties.spring.json.value.default.type", payload))
				.withFix(Fix.set(CONSUMER + "properties.spring.json.use.type.headers", false));
		}
		return finding.withFix(Fix.action(
				"or declare a bean new JacksonJsonMessageConverter(), which makes the payload type of each method"));
	}

}
