package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags an application that initializes its beans lazily, has a consumer factory, and
 * shows no listener: nobody asks for a listener bean, so it is never created.
 *
 * <p>
 * Why it hurts: start-up became two seconds faster and every test of the web layer
 * passed. Nothing consumed any more, no error was logged, and the checks of Kafka
 * Guardrails saw no listener either.
 *
 * <p>
 * Wrong: {@code spring.main.lazy-initialization: true} and nothing else. Right: also
 * {@code @Lazy(false)} on the beans that hold {@code @KafkaListener} methods.
 *
 * <p>
 * Legitimate for an application that only produces: switch the rule off.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/features/spring-application.html#features.spring-application.lazy-initialization">Lazy
 * initialization</a>
 */
@Pitfall(id = "guardrails-lazy-listeners", title = "Listener beans are never created with lazy initialization",
		severity = Severity.WARNING, why = "A listener bean that is never created consumes nothing, without any error.",
		remedy = "@Lazy(false) on the beans that hold @KafkaListener methods", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class GuardrailsLazyListeners implements PitfallRule {

	private static final String PROPERTY = "spring.main.lazy-initialization";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (!setup.application().lazyInitialization() || !setup.listeners().isEmpty() || setup.consumers().isEmpty()) {
			return List.of();
		}
		return List.of(Finding.of(Subject.APPLICATION,
				"No listener has been created. If the application has @KafkaListener methods, they consume nothing and cannot be checked.")
			.withEvidence(ConfigValue.of(PROPERTY, true,
					ValueOrigin.property(PROPERTY, "the application's properties or SpringApplication")))
			.withFix(Fix.action("annotate the beans that hold @KafkaListener methods with @Lazy(false)"))
			.withFix(Fix.set(PROPERTY, false)));
	}

}
