package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * All rules, and the way to run them: each rule once, its findings judged by the user's
 * levels, waivers and baseline, findings of one cause joined. Immutable, safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class PitfallCatalogue {

	/** Id under which expired waivers are reported. */
	public static final String EXPIRED_WAIVER = "guardrails-waiver-expired";

	/** Id under which entries of the baseline are reported whose finding is gone. */
	public static final String STALE_BASELINE = "guardrails-baseline-stale";

	/** Ids of what the catalogue itself reports. */
	static final Set<String> OWN_IDS = Set.of(EXPIRED_WAIVER, STALE_BASELINE);

	private static final String OWN_RULES = PitfallCatalogue.class.getPackageName() + ".rules";

	/** Those that can find errors. */
	private final Map<String, Entry> startupRules;

	private final SingletonSupplier<Map<String, Entry>> rules;

	/**
	 * A catalogue of these rules.
	 * @param rules the rules, each annotated with {@link Pitfall}
	 * @throws IllegalArgumentException when a rule has no {@link Pitfall} or two rules
	 * have one id
	 */
	public PitfallCatalogue(Collection<? extends PitfallRule> rules) {
		this.startupRules = entries(rules);
		this.rules = SingletonSupplier.of(this.startupRules);
	}

	private PitfallCatalogue(@Nullable ClassLoader classLoader) {
		List<PitfallRule> startup = found(StartupPitfallRule.class, classLoader);
		this.startupRules = entries(startup);
		this.rules = SingletonSupplier.of(() -> {
			List<PitfallRule> all = found(PitfallRule.class, classLoader);
			all.addAll(startup);
			return entries(all);
		});
	}

	/**
	 * A catalogue of the rules that {@link ServiceLoader} finds and of these. Those that
	 * cannot find errors are only loaded when they are needed.
	 * @param additional rules that the application contributes
	 * @param classLoader class loader that sees the rules
	 * @throws IllegalArgumentException when one of them has no {@link Pitfall} or an id
	 * that another rule has
	 */
	public static PitfallCatalogue load(Collection<? extends PitfallRule> additional,
			@Nullable ClassLoader classLoader) {
		if (additional.isEmpty()) {
			return new PitfallCatalogue(classLoader);
		}
		List<PitfallRule> rules = new ArrayList<>(additional);
		rules.addAll(found(PitfallRule.class, classLoader));
		rules.addAll(found(StartupPitfallRule.class, classLoader));
		return new PitfallCatalogue(rules);
	}

	private static List<PitfallRule> found(Class<? extends PitfallRule> type, @Nullable ClassLoader classLoader) {
		List<PitfallRule> rules = new ArrayList<>();
		for (PitfallRule rule : ServiceLoader.load(type, classLoader)) {
			rules.add(rule);
		}
		return rules;
	}

	private static Map<String, Entry> entries(Collection<? extends PitfallRule> rules) {
		Map<String, Entry> entries = new TreeMap<>();
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
		}
		return entries;
	}

	private Map<String, Entry> rules() {
		return this.rules.obtain();
	}

	/** Ids of all rules, old ids included. Unmodifiable. */
	public Set<String> ids() {
		Set<String> ids = new HashSet<>(OWN_IDS);
		for (Entry entry : rules().values()) {
			ids.add(entry.pitfall().id());
			ids.addAll(List.of(entry.pitfall().aliases()));
		}
		return Set.copyOf(ids);
	}

	/** Identity cards of all rules and of what the catalogue itself reports, by id. */
	public List<Pitfall> pitfalls() {
		return Stream
			.concat(rules().values().stream().map(Entry::pitfall),
					Stream.of(ExpiredWaivers.CARD, StaleBaselineEntries.CARD))
			.sorted(Comparator.comparing(Pitfall::id))
			.toList();
	}

	/**
	 * The link to the description of a rule, or {@code null} when there is none, as with
	 * a rule that the application contributes.
	 * @param id id of a rule
	 */
	public @Nullable String documentation(String id) {
		Entry entry = rules().get(id);
		return (entry != null) ? entry.documentation() : RuleReference.link(id);
	}

	/**
	 * Run all rules.
	 * @param setup the picture to check
	 * @param settings how findings are judged
	 * @param today the day on which waivers are judged
	 */
	public PitfallReport check(KafkaSetup setup, PitfallSettings settings, LocalDate today) {
		return check(rules(), setup, settings, today, false);
	}

	/**
	 * Run only the rules that can find errors, which are a few: enough to tell whether
	 * there are errors.
	 * @param setup the picture to check
	 * @param settings how findings are judged
	 * @param today the day on which waivers are judged
	 */
	public PitfallReport checkForErrors(KafkaSetup setup, PitfallSettings settings, LocalDate today) {
		if (settings.canBeError(StaleBaselineEntries.CARD)) {
			// says something about what every rule has found
			return check(setup, settings, today);
		}
		Map<String, Entry> rules = settings.levels().containsValue(RuleLevel.ERROR) ? rules() : this.startupRules;
		return check(rules, setup, settings, today, true);
	}

	private PitfallReport check(Map<String, Entry> entries, KafkaSetup setup, PitfallSettings settings, LocalDate today,
			boolean errorsOnly) {
		PitfallRun run = new PitfallRun(settings, today);
		int rules = 0;
		for (Entry entry : entries.values()) {
			if (wanted(entry.pitfall(), settings, errorsOnly) && canRun(entry.pitfall(), setup)) {
				rules++;
				run.add(entry.pitfall(), run(entry, setup), entry.documentation());
			}
		}
		if (wanted(ExpiredWaivers.CARD, settings, errorsOnly)) {
			addOwn(run, ExpiredWaivers.CARD, ExpiredWaivers.in(settings.waivers(), today));
		}
		if (wanted(StaleBaselineEntries.CARD, settings, errorsOnly)) {
			addOwn(run, StaleBaselineEntries.CARD, StaleBaselineEntries.of(run.stale(setup, ids())));
		}
		return new PitfallReport(run.findings(), rules);
	}

	private static boolean wanted(Pitfall pitfall, PitfallSettings settings, boolean errorsOnly) {
		return errorsOnly ? settings.canBeError(pitfall) : settings.level(pitfall) != RuleLevel.OFF;
	}

	private static void addOwn(PitfallRun run, Pitfall pitfall, List<Finding> findings) {
		run.add(pitfall, findings, RuleReference.link(pitfall.id()));
	}

	private static boolean canRun(Pitfall pitfall, KafkaSetup setup) {
		return switch (pitfall.scope()) {
			case CONFIGURATION -> true;
			case CLUSTER -> !setup.clusters().isEmpty();
			case ACTIVITY -> setup.activity().observed();
		};
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

	static Pitfall card(Class<?> type) {
		return Objects.requireNonNull(type.getAnnotation(Pitfall.class), type + " has no @Pitfall");
	}

	private record Entry(PitfallRule rule, Pitfall pitfall) {

		/** Rules that the application contributes are not described here. */
		@Nullable String documentation() {
			return OWN_RULES.equals(this.rule.getClass().getPackageName()) ? RuleReference.link(this.pitfall.id())
					: null;
		}

	}

}
