package io.github.kafkaguardrails.pitfall;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;

/**
 * What a rule found about one subject. Immutable; the {@code with…} methods give a copy.
 *
 * @param subject what the finding is about
 * @param harm what happens because of it, one or two full sentences, without secrets
 * @param evidence the values that prove it, each with its origin
 * @param fixes ways to mend it; the first is the recommended one
 * @param severity severity when it differs from the rule's, or {@code null}
 * @param checked whether the rule could check; if not, {@code harm} tells the reason
 * @since 0.1.0
 */
public record Finding(Subject subject, String harm, List<ConfigValue> evidence, List<Fix> fixes,
		@Nullable Severity severity, boolean checked) {

	public Finding {
		Objects.requireNonNull(subject, "'subject' must not be null");
		Objects.requireNonNull(harm, "'harm' must not be null");
		evidence = List.copyOf(evidence);
		fixes = List.copyOf(fixes);
	}

	/**
	 * The subject has the pitfall.
	 * @param subject what the finding is about
	 * @param harm what happens because of it
	 */
	public static Finding of(Subject subject, String harm) {
		return new Finding(subject, harm, List.of(), List.of(), null, true);
	}

	/**
	 * It could not be checked whether the subject has the pitfall.
	 * @param subject what could not be checked
	 * @param reason why not
	 */
	public static Finding unknown(Subject subject, String reason) {
		return new Finding(subject, reason, List.of(), List.of(), Severity.INFO, false);
	}

	/** A copy with another severity than the rule's own. */
	public Finding withSeverity(Severity severity) {
		return new Finding(this.subject, this.harm, this.evidence, this.fixes, severity, this.checked);
	}

	/** A copy with one more value that proves it. */
	public Finding withEvidence(ConfigValue value) {
		List<ConfigValue> evidence = new ArrayList<>(this.evidence);
		evidence.add(value);
		return new Finding(this.subject, this.harm, evidence, this.fixes, this.severity, this.checked);
	}

	/** A copy with one more way to mend it. */
	public Finding withFix(Fix fix) {
		List<Fix> fixes = new ArrayList<>(this.fixes);
		fixes.add(fix);
		return new Finding(this.subject, this.harm, this.evidence, fixes, this.severity, this.checked);
	}

}
