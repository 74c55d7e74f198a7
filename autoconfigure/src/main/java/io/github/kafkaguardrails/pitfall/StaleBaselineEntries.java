package io.github.kafkaguardrails.pitfall;

import java.util.Collection;
import java.util.List;

import io.github.kafkaguardrails.setup.Subject;

/**
 * Mentions entries of the baseline whose finding is gone.
 *
 * <p>
 * Why it hurts: the finding was mended, its entry stayed. When somebody brings the same
 * value back, it is accepted without a word.
 *
 * <p>
 * Wrong: an entry for {@code acks = 1} of a producer that has {@code acks: all} by now.
 * Right: delete the entry from the file that {@code kafka.guardrails.baseline.file}
 * names.
 *
 * <p>
 * Legitimate when a value differs between environments that share the file: switch the
 * rule off there.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/kafka-guardrails/kafka-guardrails#a-baseline-for-existing-applications">Baseline</a>
 */
@Pitfall(id = PitfallCatalogue.STALE_BASELINE, title = "The baseline accepts findings that are gone",
		severity = Severity.INFO, why = "When the same value comes back, it is accepted without a word.",
		remedy = "delete the entries from the baseline file", since = "0.1.0")
final class StaleBaselineEntries {

	static final Pitfall CARD = PitfallCatalogue.card(StaleBaselineEntries.class);

	private StaleBaselineEntries() {
	}

	/** One finding for all of them. */
	static List<Finding> of(Collection<Baseline.Entry> entries) {
		if (entries.isEmpty()) {
			return List.of();
		}
		Finding finding = Finding.of(Subject.APPLICATION, CARD.why()).withFix(Fix.action(CARD.remedy()));
		for (Baseline.Entry entry : entries) {
			finding = finding.withEvidence(entry.toEvidence());
		}
		return List.of(finding);
	}

}
