package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * All rules, and the way to run them: each rule once, its findings judged by the user's
 * levels and waivers, findings of one cause joined. Immutable, safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class PitfallCatalogue {

	/** Id under which expired waivers are reported. */
	public static final String EXPIRED_WAIVER = "guardrails-waiver-expired";

	private final Map<String, Entry> rules;

	private final Set<String> ids;

	/**
	 * A catalogue of these rules.
	 * @param rules the rules, each annotated with {@link Pitfall}
	 * @throws IllegalArgumentException when a rule has no {@link Pitfall} or two rules
	 * have one id
	 */
	public PitfallCatalogue(Collection<? extends PitfallRule> rules) {
		Map<String, Entry> entries = new TreeMap<>();
		Set<String> ids = new LinkedHashSet<>();
		ids.add(EXPIRED_WAIVER);
		for (PitfallRule rule : rules) {
			Pitfall pitfall = rule.getClass().getAnnotation(Pitfall.class);
			if (pitfall == null) {
				throw new IllegalArgumentException(
						"Rule " + rule.getClass().getName() + " is not annotated with @Pitfall");
			}
			Entry previous = entries.put(pitfall.id(), new Entry(rule, pitfall));
			if (previous != null) {
				throw new IllegalArgumentException("Rules " + previous.rule().getClass().getName() + " and "
						+ rule.getClass().getName() + " share the id '" + pitfall.id() + "'");
			}
			ids.add(pitfall.id());
			ids.addAll(List.of(pitfall.aliases()));
		}
		this.rules = entries;
		this.ids = Set.copyOf(ids);
	}

	/**
	 * A catalogue of the rules that {@link ServiceLoader} finds and of these.
	 * @param additional rules that the application contributes
	 * @param classLoader class loader that sees the rules
	 */
	public static PitfallCatalogue load(Collection<? extends PitfallRule> additional,
			@Nullable ClassLoader classLoader) {
		List<PitfallRule> rules = new ArrayList<>();
		ServiceLoader.load(PitfallRule.class, classLoader).forEach(rules::add);
		rules.addAll(additional);
		return new PitfallCatalogue(rules);
	}

	/** Ids of all rules, old ids included. Unmodifiable. */
	public Set<String> ids() {
		return this.ids;
	}

	/** Identity cards of all rules, by id. */
	public List<Pitfall> pitfalls() {
		return this.rules.values().stream().map(Entry::pitfall).toList();
	}

	/**
	 * Run all rules.
	 * @param setup the picture to check
	 * @param settings how findings are judged
	 * @param today the day on which waivers are judged
	 */
	public PitfallReport check(KafkaSetup setup, PitfallSettings settings, LocalDate today) {
		Map<Cause, Set<Subject>> causes = new LinkedHashMap<>();
		int run = 0;
		for (Entry entry : this.rules.values()) {
			RuleLevel level = level(entry.pitfall(), settings);
			if (level != RuleLevel.OFF && canRun(entry.pitfall(), setup)) {
				run++;
				for (Finding finding : run(entry, setup)) {
					Cause cause = judge(entry.pitfall(), level, finding, settings, today);
					causes.computeIfAbsent(cause, (key) -> new LinkedHashSet<>()).add(finding.subject());
				}
			}
		}
		List<ReportedFinding> findings = new ArrayList<>();
		causes.forEach((cause, subjects) -> findings.add(cause.toFinding(List.copyOf(subjects))));
		findings.addAll(expiredWaivers(settings, today));
		findings.sort(Comparator.comparing(ReportedFinding::severity).thenComparing(ReportedFinding::rule));
		return new PitfallReport(findings, run);
	}

	private static @Nullable RuleLevel level(Pitfall pitfall, PitfallSettings settings) {
		RuleLevel level = settings.level(pitfall.id());
		for (String alias : pitfall.aliases()) {
			level = (level != null) ? level : settings.level(alias);
		}
		return level;
	}

	private static boolean canRun(Pitfall pitfall, KafkaSetup setup) {
		return pitfall.scope() != PitfallScope.CLUSTER || !setup.clusters().isEmpty();
	}

	private static List<Finding> run(Entry entry, KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		if (entry.pitfall().scope() == PitfallScope.CLUSTER) {
			setup.clusters()
				.stream()
				.filter((cluster) -> cluster.outage() != null)
				.map((cluster) -> Finding.unknown(cluster.subject(), "The cluster did not answer."))
				.forEach(findings::add);
		}
		findings.addAll(evaluate(entry, setup));
		return findings;
	}

	private static List<Finding> evaluate(Entry entry, KafkaSetup setup) {
		try {
			return entry.rule().check(setup);
		}
		catch (RuntimeException | LinkageError ex) {
			return List.of(Finding.unknown(Subject.APPLICATION,
					"The rule could not be evaluated (" + ex.getClass().getName() + "). Please report it."));
		}
	}

	private static Cause judge(Pitfall pitfall, @Nullable RuleLevel level, Finding finding, PitfallSettings settings,
			LocalDate today) {
		Severity severity = (finding.severity() != null) ? finding.severity() : pitfall.severity();
		if (!finding.checked()) {
			return new Cause(pitfall, Severity.INFO, ReportedFinding.State.UNKNOWN, finding, null);
		}
		if (level != null && level.severity() != null) {
			severity = level.severity();
		}
		Waiver waiver = settings.waivers()
			.stream()
			.filter((candidate) -> names(pitfall, candidate.rule()) && !candidate.expired(today)
					&& candidate.covers(finding.subject()))
			.findFirst()
			.orElse(null);
		ReportedFinding.State state = (waiver != null) ? ReportedFinding.State.ACCEPTED
				: ReportedFinding.State.VIOLATED;
		return new Cause(pitfall, severity, state, finding, waiver);
	}

	private static boolean names(Pitfall pitfall, String id) {
		return pitfall.id().equals(id) || List.of(pitfall.aliases()).contains(id);
	}

	private static List<ReportedFinding> expiredWaivers(PitfallSettings settings, LocalDate today) {
		RuleLevel given = settings.level(EXPIRED_WAIVER);
		RuleLevel level = (given != null) ? given : RuleLevel.WARNING;
		Severity severity = level.severity();
		if (severity == null) {
			return List.of();
		}
		return settings.waivers()
			.stream()
			.filter((waiver) -> waiver.expired(today))
			.map((waiver) -> new ReportedFinding(EXPIRED_WAIVER, "A waiver has expired", severity,
					ReportedFinding.State.VIOLATED, List.of(Subject.APPLICATION),
					List.of(ConfigValue.of("waiver of " + waiver.rule() + " until", waiver.until(),
							ValueOrigin.property("kafka.guardrails.waivers", "kafka.guardrails.waivers"))),
					"What was accepted until then (\"" + waiver.reason() + "\") is reported again.",
					List.of(Fix.action("mend the finding and delete the waiver, or give the waiver a new date")), null))
			.toList();
	}

	private record Entry(PitfallRule rule, Pitfall pitfall) {

	}

	/** Findings that are equal but for their subject. */
	private record Cause(String rule, String title, Severity severity, ReportedFinding.State state,
			List<ConfigValue> evidence, String harm, List<Fix> fixes, @Nullable Waiver waiver) {

		Cause(Pitfall pitfall, Severity severity, ReportedFinding.State state, Finding finding,
				@Nullable Waiver waiver) {
			this(pitfall.id(), pitfall.title(), severity, state, finding.evidence(), finding.harm(), finding.fixes(),
					waiver);
		}

		ReportedFinding toFinding(List<Subject> subjects) {
			return new ReportedFinding(this.rule, this.title, this.severity, this.state, subjects, this.evidence,
					this.harm, this.fixes, this.waiver);
		}

	}

}
