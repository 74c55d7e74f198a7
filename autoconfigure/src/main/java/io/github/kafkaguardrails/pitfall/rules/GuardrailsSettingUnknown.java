package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags settings below {@code kafka.guardrails} that name something that does not exist:
 * a property, a rule, a listener, an exception class.
 *
 * <p>
 * Why it hurts: the dead-letter topic was configured for {@code order-listener}, the
 * listener is called {@code orders-listener}, and the first record that could not be
 * processed was retried by the default instead.
 *
 * <p>
 * Wrong: {@code kafka.guardrails.rules.producer-acks-not-al: off}. Right:
 * {@code kafka.guardrails.rules.producer-acks-not-all: off}.
 *
 * <p>
 * Legitimate never. An environment variable is only reported when it is a typing error
 * away from a setting, because others may use the prefix, as Kubernetes does for a
 * service called {@code kafka-guardrails}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding">Relaxed
 * binding</a>
 */
@Pitfall(id = "guardrails-setting-unknown", title = "A setting of Kafka Guardrails names something that does not exist",
		severity = Severity.ERROR,
		why = "The setting does nothing: a rule stays on, a listener is handled by the defaults.",
		remedy = "Write the name that the finding suggests", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class GuardrailsSettingUnknown implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		GuardrailsNames names = new GuardrailsNames(setup);
		List<Finding> findings = new ArrayList<>();
		for (ConfigValue property : setup.application().properties().set()) {
			Optional<GuardrailsNames.Problem> problem = property.explicit() ? names.check(property) : Optional.empty();
			if (problem.isPresent()) {
				findings.add(finding(property, problem.get()));
			}
		}
		for (ConfigValue property : setup.application().guardrails().unknownClasses()) {
			findings.add(unknownClass(property));
		}
		return findings;
	}

	private static Finding finding(ConfigValue property, GuardrailsNames.Problem problem) {
		String suggestion = problem.meant().map((meant) -> " Did you mean '" + meant + "'?").orElse("");
		return Finding.of(Subject.APPLICATION, problem.reason() + suggestion)
			.withEvidence(property)
			.withFix(problem.meant()
				.map((meant) -> Fix.action("write '" + meant + "' in place of '" + problem.name() + "'"))
				.orElse(Fix.delete(property.key())));
	}

	private static Finding unknownClass(ConfigValue property) {
		String name = String.valueOf(property.value());
		Optional<String> nested = nested(name);
		return Finding
			.of(Subject.APPLICATION,
					"There is no class '" + name + "' on the class path, so that nothing is treated as it."
							+ nested.map((meant) -> " Did you mean '" + meant + "'?").orElse(""))
			.withEvidence(property)
			.withFix(Fix.action(nested.map((meant) -> "write '" + meant + "'")
				.orElse("write the full name of an exception class of the application or its libraries")));
	}

	/** The name of the nested class that was written with a dot. */
	private static Optional<String> nested(String name) {
		ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
		int dot = name.lastIndexOf('.');
		if (dot < 0 || classLoader == null) {
			return Optional.empty();
		}
		String nested = name.substring(0, dot) + "$" + name.substring(dot + 1);
		return ClassFile.read(nested, classLoader).map((file) -> nested);
	}

}
