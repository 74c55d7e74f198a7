package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.List;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags waivers whose last day is over.
 *
 * <p>
 * Why it hurts: a waiver was meant to last until the migration was done. Nobody looks at
 * it again, and years later it hides the same finding of a new team.
 *
 * <p>
 * Wrong: a waiver with {@code until: 2026-01-31} in February. Right: mend the finding and
 * delete the waiver, or give it a new date with a new reason.
 *
 * <p>
 * Legitimate: never; a waiver without {@code until} does not expire.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/kafka-guardrails/kafka-guardrails#findings">Waivers</a>
 */
@Pitfall(id = PitfallCatalogue.EXPIRED_WAIVER, title = "A waiver has expired", severity = Severity.WARNING,
		why = "What was accepted until then is reported again.",
		remedy = "mend the finding and delete the waiver, or give the waiver a new date", since = "0.1.0")
final class ExpiredWaivers {

	static final Pitfall CARD = PitfallCatalogue.card(ExpiredWaivers.class);

	private ExpiredWaivers() {
	}

	static List<Finding> in(List<Waiver> waivers, LocalDate today) {
		return waivers.stream().filter((waiver) -> waiver.expired(today)).map(ExpiredWaivers::finding).toList();
	}

	private static Finding finding(Waiver waiver) {
		return Finding
			.of(Subject.APPLICATION, "What was accepted until then (\"" + waiver.reason() + "\") is reported again.")
			.withEvidence(ConfigValue.of("waiver of " + waiver.rule() + " until", waiver.until(),
					ValueOrigin.property("kafka.guardrails.waivers", "kafka.guardrails.waivers")))
			.withFix(Fix.action(CARD.remedy()));
	}

}
