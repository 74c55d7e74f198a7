package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PropertyName;
import io.github.kafkaguardrails.setup.PropertySetup;
import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;
import io.github.kafkaguardrails.setup.Secrets;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags properties below {@code spring.kafka} that no configuration metadata on the class
 * path declares, or declares as removed. One with a better explanation is a warning, any
 * other an info, as is a deprecated one. Nothing is said when the metadata is missing, of
 * a property that another one refers to, or of an environment variable, whose words
 * cannot be told apart.
 *
 * <p>
 * Why it hurts: {@code spring.kafka.consumer.max-poll-record: 50} was the fix of an
 * incident; binding ignores unknown names without a word, and the incident came back with
 * 500 records.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.session-timeout: 30s}. Right:
 * {@code spring.kafka.consumer.properties.session.timeout.ms: 30000}.
 *
 * <p>
 * Legitimate for values of the application's own, which are better placed below a prefix
 * of its own.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/appendix/application-properties/index.html">Application
 * properties</a>
 */
@Pitfall(id = "convention-unknown-boot-property",
		title = "A spring.kafka property that Spring Boot does not know, or no longer knows",
		severity = Severity.WARNING, why = "Binding ignores unknown names without a word: the setting is not applied.",
		remedy = "Write the property that the finding suggests", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConventionUnknownBootProperty implements PitfallRule {

	private static final String ROOT = "spring.kafka";

	private static final String NO_EFFECT = "Nothing binds this property: the setting has no effect.";

	/** What containers have and Spring Boot has no property for. */
	private static final Set<String> CONTAINER_ONLY = Set.of("sync-commits", "sync-commit-timeout", "commit-retries",
			"delivery-attempt-header", "pause-immediate", "stop-container-when-fenced", "restart-after-auth-exceptions",
			"shutdown-timeout", "batch-recover-after-rollback", "eos-mode", "sub-batch-per-partition");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		PropertySetup properties = setup.application().properties();
		List<KnownProperty> known = properties.known()
			.stream()
			.filter((property) -> property.name().startsWith(ROOT + "."))
			.toList();
		if (known.isEmpty()) {
			return List.of();
		}
		return properties.set()
			.stream()
			.filter((property) -> property.explicit() && PropertyName.of(property.key()).below(ROOT).isPresent())
			.flatMap((property) -> check(property, known).filter((finding) -> !referredTo(property, properties))
				.stream())
			.toList();
	}

	/** Whether another property takes its value from it, so that it is read after all. */
	private static boolean referredTo(ConfigValue property, PropertySetup properties) {
		return properties.set()
			.stream()
			.map(ConfigValue::raw)
			.anyMatch((raw) -> raw != null
					&& (raw.contains("${" + property.key() + "}") || raw.contains("${" + property.key() + ":")));
	}

	private static Optional<Finding> check(ConfigValue property, List<KnownProperty> known) {
		PropertyName name = PropertyName.of(property.key());
		List<KnownProperty> matching = known.stream().filter((candidate) -> declares(candidate, name)).toList();
		if (matching.isEmpty()) {
			boolean group = known.stream()
				.anyMatch((candidate) -> PropertyName.of(candidate.name()).below(property.key()).isPresent());
			boolean environment = name.environment() || property.origin().location().startsWith("environment variable");
			return (group || environment) ? Optional.empty() : Optional.of(unknown(property, known));
		}
		// a removed spelling may be one that still binds: keystore-location,
		// key-store-location
		if (matching.stream().anyMatch((candidate) -> candidate.deprecation() == null)) {
			return Optional.empty();
		}
		return Optional.of(deprecated(property, matching.get(0)));
	}

	/** Whether a property is this one or an entry of it. */
	private static boolean declares(KnownProperty known, PropertyName name) {
		return name.matches(known.name()) || (known.map() && name.below(known.name()).isPresent());
	}

	private static Finding deprecated(ConfigValue property, KnownProperty known) {
		boolean removed = "error".equals(known.deprecation());
		Finding finding = Finding
			.of(Subject.APPLICATION,
					removed ? "This property was removed. " + NO_EFFECT
							: "This property is deprecated and will be removed.")
			.withSeverity(removed ? Severity.WARNING : Severity.INFO);
		return withFix(finding, property, known.replacement());
	}

	private static Finding unknown(ConfigValue property, List<KnownProperty> known) {
		Finding finding = Finding.of(Subject.APPLICATION, NO_EFFECT).withSeverity(Severity.WARNING);
		List<String> names = known.stream()
			.filter((candidate) -> candidate.deprecation() == null)
			.map(KnownProperty::name)
			.toList();
		String name = BootPropertySuggestion.kebab(property.key());
		Optional<String> meant = BootPropertySuggestion.of(name, names);
		if (meant.isPresent()) {
			return withFix(withHarm(finding, " Did you mean '" + meant.get() + "'?"), property, meant.get());
		}
		if (CONTAINER_ONLY.stream().anyMatch((setting) -> name.equals(ROOT + ".listener." + setting))) {
			return withHarm(finding, " Spring Boot has no property for this setting of a container.")
				.withEvidence(property)
				.withFix(Fix.action("set it in code, on the container properties of the container factory"));
		}
		return withHarm(finding, " The prefix belongs to Spring Boot.").withSeverity(Severity.INFO)
			.withEvidence(hidden(property))
			.withFix(Fix.action("delete it, or move a value of your own below a prefix of your own"));
	}

	private static Finding withHarm(Finding finding, String more) {
		return new Finding(finding.subject(), finding.harm() + more, finding.evidence(), finding.fixes(),
				finding.severity(), finding.checked());
	}

	private static Finding withFix(Finding finding, ConfigValue property, @Nullable String meant) {
		if (meant == null) {
			return finding.withEvidence(property).withFix(Fix.delete(property.key()));
		}
		ConfigValue shown = Secrets.isSecretKey(meant) ? hidden(property) : property;
		Fix fix = shown.text().equals(Secrets.MASK) ? Fix.action("write '" + meant + "' in place of it")
				: Fix.set(meant, shown.text());
		return finding.withEvidence(shown).withFix(fix);
	}

	/** The property without its value, of which nobody knows whether it is a secret. */
	private static ConfigValue hidden(ConfigValue property) {
		return ConfigValue.of(property.key(), Secrets.MASK, property.origin());
	}

}
