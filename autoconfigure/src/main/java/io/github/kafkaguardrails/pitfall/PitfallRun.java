package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * One run of all rules: judges their findings by the user's levels, waivers and baseline,
 * and joins those of one cause. For one thread.
 */
final class PitfallRun {

	private final PitfallSettings settings;

	private final LocalDate today;

	private final Map<Cause, Set<Subject>> causes = new LinkedHashMap<>();

	/** Entries of the baseline whose finding is there. */
	private final Set<Baseline.Entry> found = new HashSet<>();

	/** Rules that have nothing to say beyond what they have said. */
	private final Set<String> decided = new HashSet<>();

	PitfallRun(PitfallSettings settings, LocalDate today) {
		this.settings = settings;
		this.today = today;
	}

	/**
	 * Take what a rule has found.
	 * @param pitfall the rule
	 * @param findings what it has found
	 * @param documentation link to its description, or {@code null}
	 */
	void add(Pitfall pitfall, List<Finding> findings, @Nullable String documentation) {
		boolean checked = true;
		for (Finding finding : findings) {
			this.causes.computeIfAbsent(judge(pitfall, finding, documentation), (cause) -> new LinkedHashSet<>())
				.add(finding.subject());
			checked = checked && finding.checked();
		}
		if (checked) {
			this.decided.addAll(ids(pitfall));
		}
	}

	private Cause judge(Pitfall pitfall, Finding finding, @Nullable String documentation) {
		if (!finding.checked()) {
			return new Cause(pitfall.id(), pitfall.title(), Severity.INFO, ReportedFinding.State.UNKNOWN,
					finding.evidence(), finding.harm(), finding.fixes(), null, null, documentation);
		}
		Waiver waiver = waiver(pitfall, finding);
		LocalDate baseline = baseline(pitfall, finding);
		boolean accepted = waiver != null || baseline != null;
		return new Cause(pitfall.id(), pitfall.title(), severity(pitfall, finding),
				accepted ? ReportedFinding.State.ACCEPTED : ReportedFinding.State.VIOLATED, finding.evidence(),
				finding.harm(), finding.fixes().isEmpty() ? List.of(Fix.action(pitfall.remedy())) : finding.fixes(),
				waiver, (waiver != null) ? null : baseline, documentation);
	}

	private Severity severity(Pitfall pitfall, Finding finding) {
		RuleLevel level = this.settings.level(pitfall);
		if (level != null && level.severity() != null) {
			return level.severity();
		}
		return (finding.severity() != null) ? finding.severity() : pitfall.severity();
	}

	private @Nullable Waiver waiver(Pitfall pitfall, Finding finding) {
		for (Waiver waiver : this.settings.waivers()) {
			if (ids(pitfall).contains(waiver.rule()) && !waiver.expired(this.today)
					&& waiver.covers(finding.subject())) {
				return waiver;
			}
		}
		return null;
	}

	private @Nullable LocalDate baseline(Pitfall pitfall, Finding finding) {
		Baseline baseline = this.settings.baseline();
		if (baseline == null) {
			return null;
		}
		List<Baseline.Entry> entries = baseline.entries()
			.stream()
			.filter((entry) -> ids(pitfall).contains(entry.rule()) && entry.accepts(finding))
			.toList();
		this.found.addAll(entries);
		return entries.isEmpty() ? null : baseline.date();
	}

	/**
	 * The entries of the baseline whose finding is certainly gone.
	 * @param setup the picture that was checked
	 * @param known ids of all rules
	 */
	List<Baseline.Entry> stale(KafkaSetup setup, Set<String> known) {
		Baseline baseline = this.settings.baseline();
		boolean complete = !setup.clusters().isEmpty() && setup.clusters().stream().allMatch(ClusterSetup::readable);
		if (baseline == null || (baseline.clusters() && !complete)) {
			return List.of();
		}
		return baseline.entries()
			.stream()
			.filter((entry) -> !this.found.contains(entry)
					&& (this.decided.contains(entry.rule()) || !known.contains(entry.rule())))
			.toList();
	}

	/** The findings, worst first, then in the order of their rules. */
	List<ReportedFinding> findings() {
		List<ReportedFinding> findings = new ArrayList<>();
		for (Map.Entry<Cause, Set<Subject>> cause : this.causes.entrySet()) {
			findings.add(cause.getKey().toFinding(List.copyOf(cause.getValue())));
		}
		// most starts have nothing to sort
		if (findings.size() > 1) {
			findings.sort(Comparator.comparing(ReportedFinding::severity).thenComparing(ReportedFinding::rule));
		}
		return findings;
	}

	/** The id of a rule and its earlier ones. */
	private static Set<String> ids(Pitfall pitfall) {
		Set<String> ids = new HashSet<>(List.of(pitfall.aliases()));
		ids.add(pitfall.id());
		return ids;
	}

	/** Findings that are equal but for their subject. */
	private record Cause(String rule, String title, Severity severity, ReportedFinding.State state,
			List<ConfigValue> evidence, String harm, List<Fix> fixes, @Nullable Waiver waiver,
			@Nullable LocalDate baseline, @Nullable String documentation) {

		ReportedFinding toFinding(List<Subject> subjects) {
			return new ReportedFinding(this.rule, this.title, this.severity, this.state, subjects, this.evidence,
					this.harm, this.fixes, this.waiver, this.baseline, this.documentation);
		}

	}

}
