package io.github.kafkaguardrails.pitfall;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How findings are judged.
 *
 * @param enforcement what happens when there are errors at start-up
 * @param levels level by rule id, where it differs from the rule's own; an environment
 * variable spells an id without dashes or with dots
 * @param waivers accepted findings
 * @param baseline findings that were there before Kafka Guardrails was, or {@code null}
 * @since 0.1.0
 */
public record PitfallSettings(Enforcement enforcement, Map<String, RuleLevel> levels, List<Waiver> waivers,
		@Nullable Baseline baseline) {

	public PitfallSettings {
		Objects.requireNonNull(enforcement, "'enforcement' must not be null");
		levels = Map.copyOf(levels);
		waivers = List.copyOf(waivers);
	}

	/** Settings without a baseline. */
	public PitfallSettings(Enforcement enforcement, Map<String, RuleLevel> levels, List<Waiver> waivers) {
		this(enforcement, levels, waivers, null);
	}

	/** A copy with a baseline. */
	public PitfallSettings withBaseline(@Nullable Baseline baseline) {
		return new PitfallSettings(this.enforcement, this.levels, this.waivers, baseline);
	}

	/**
	 * The level that the user gave to a rule, by its id or by an earlier one, or
	 * {@code null} when there is none.
	 */
	@Nullable RuleLevel level(Pitfall pitfall) {
		RuleLevel level = level(pitfall.id());
		for (String alias : pitfall.aliases()) {
			level = (level != null) ? level : level(alias);
		}
		return level;
	}

	/**
	 * Whether findings of a rule can be errors: by the level that the user gave to it, or
	 * by its own severity.
	 */
	boolean canBeError(Pitfall pitfall) {
		RuleLevel level = level(pitfall);
		return (level != null) ? level == RuleLevel.ERROR : pitfall.severity() == Severity.ERROR;
	}

	private @Nullable RuleLevel level(String id) {
		RuleLevel level = this.levels.get(id);
		if (level == null) {
			for (Map.Entry<String, RuleLevel> entry : this.levels.entrySet()) {
				if (uniform(entry.getKey()).equals(uniform(id))) {
					return entry.getValue();
				}
			}
		}
		return level;
	}

	private static String uniform(String id) {
		return id.replace("-", "").replace(".", "").toLowerCase(Locale.ROOT);
	}

	/** Every rule at its own level, errors fail the start-up. */
	public static PitfallSettings defaults() {
		return new PitfallSettings(Enforcement.FAIL, Map.of(), List.of());
	}

}
