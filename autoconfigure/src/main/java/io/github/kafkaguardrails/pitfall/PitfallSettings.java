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
 * @since 0.1.0
 */
public record PitfallSettings(Enforcement enforcement, Map<String, RuleLevel> levels, List<Waiver> waivers) {

	public PitfallSettings {
		Objects.requireNonNull(enforcement, "'enforcement' must not be null");
		levels = Map.copyOf(levels);
		waivers = List.copyOf(waivers);
	}

	/** The level that the user gave to a rule, or {@code null} when there is none. */
	@Nullable RuleLevel level(String id) {
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
