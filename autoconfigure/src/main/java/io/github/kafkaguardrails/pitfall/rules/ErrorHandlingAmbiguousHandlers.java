package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ApplicationSetup.AmbiguousBeans;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags several beans of a type that Spring Boot gives to its listener containers only
 * when there is exactly one, while a listener runs without any of them. It is an error
 * when the ignored beans are error handlers and records are logged and skipped instead.
 *
 * <p>
 * Why it hurts: a second {@code CommonErrorHandler} was added for one new listener. From
 * that release on every other listener had none, and dead letters became log lines.
 *
 * <p>
 * Wrong: two {@code CommonErrorHandler} beans of equal rank. Right: one of them
 * {@code @Primary}, or each handler set on the container factory that it is meant for.
 *
 * <p>
 * Legitimate when each bean belongs to a factory built by hand and the listeners of
 * Spring Boot's factory are meant to have none: waive it for these listeners. Listeners
 * with a handler of their own are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/messaging/kafka.html#messaging.kafka.receiving">Receiving
 * a message with Spring Boot</a>
 */
@Pitfall(id = "error-handling-ambiguous-handlers", title = "Several error handlers are defined and none is used",
		severity = Severity.ERROR,
		why = "Spring Boot uses such a bean only when there is exactly one: with two it silently uses none.",
		remedy = "mark one bean @Primary, or set the bean on each container factory", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ErrorHandlingAmbiguousHandlers implements StartupPitfallRule {

	private static final String BOOT_FACTORY = "kafkaListenerContainerFactory";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (AmbiguousBeans ambiguous : setup.application().ambiguousBeans()) {
			for (ListenerSetup listener : setup.mainListeners()) {
				if (concerned(ambiguous.type(), listener)) {
					findings.add(finding(ambiguous, listener));
				}
			}
		}
		return findings;
	}

	private static boolean concerned(String type, ListenerSetup listener) {
		if (listener.container().type() == ContainerSetup.Type.SHARE) {
			return false;
		}
		Kind kind = listener.errorHandling().kind();
		boolean noHandlerOfTheUser = kind == Kind.SPRING_DEFAULT || kind == Kind.GUARDRAILS;
		boolean transactional = listener.container().transactional();
		boolean fromBoot = BOOT_FACTORY.equals(listener.container().factory());
		return switch (type) {
			case "CommonErrorHandler" -> noHandlerOfTheUser;
			case "AfterRollbackProcessor" -> noHandlerOfTheUser && transactional;
			case "KafkaAwareTransactionManager" -> fromBoot && !transactional;
			case "RecordFilterStrategy", "RecordInterceptor", "ConsumerAwareRebalanceListener" -> fromBoot;
			default -> false;
		};
	}

	private static Finding finding(AmbiguousBeans ambiguous, ListenerSetup listener) {
		String type = ambiguous.type();
		return Finding
			.of(listener.subject(),
					"Spring Boot uses a " + type + " only when there is exactly one, so it uses none of these: "
							+ consequence(type, listener))
			.withSeverity(severity(type, listener))
			.withEvidence(ConfigValue.of(type, String.join(", ", ambiguous.beans()),
					new ValueOrigin(ValueOrigin.Kind.CODE, "beans of the application", null)))
			.withFix(Fix.action("mark one of these beans @Primary"))
			.withFix(Fix.action("set the bean on each container factory that needs it"));
	}

	private static Severity severity(String type, ListenerSetup listener) {
		return switch (type) {
			case "CommonErrorHandler" ->
				(listener.errorHandling().kind() == Kind.SPRING_DEFAULT) ? Severity.ERROR : Severity.WARNING;
			// a listener may still name one: @KafkaListener(filter = "...")
			case "RecordFilterStrategy" -> Severity.INFO;
			default -> Severity.WARNING;
		};
	}

	private static String consequence(String type, ListenerSetup listener) {
		return switch (type) {
			case "CommonErrorHandler",
					"AfterRollbackProcessor" ->
				(listener.errorHandling().kind() == Kind.SPRING_DEFAULT)
						? "Spring's default logs and skips failing records."
						: "Kafka Guardrails handles failing records instead.";
			case "KafkaAwareTransactionManager" -> "the container is not transactional.";
			case "RecordFilterStrategy" -> "records are not filtered unless the listener names its filter.";
			default -> "none of them is called.";
		};
	}

}
