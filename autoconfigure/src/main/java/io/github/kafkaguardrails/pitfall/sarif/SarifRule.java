package io.github.kafkaguardrails.pitfall.sarif;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;

/** A rule as SARIF describes it. */
final class SarifRule {

	private SarifRule() {
	}

	static Map<String, Object> of(Pitfall pitfall, @Nullable String documentation) {
		Map<String, Object> rule = new LinkedHashMap<>();
		rule.put("id", pitfall.id());
		if (pitfall.aliases().length > 0) {
			rule.put("deprecatedIds", pitfall.aliases());
		}
		rule.put("shortDescription", Map.of("text", pitfall.title()));
		rule.put("fullDescription", Map.of("text", pitfall.why()));
		String remedy = "Remedy: " + pitfall.remedy();
		String link = (documentation != null) ? "\n\n[Description of the rule](" + documentation + ")" : "";
		rule.put("help", Map.of("text", pitfall.why() + "\n\n" + remedy, "markdown",
				"**Why it hurts.** " + pitfall.why() + "\n\n**Remedy.** " + pitfall.remedy() + link));
		if (documentation != null) {
			rule.put("helpUri", documentation);
		}
		rule.put("defaultConfiguration", Map.of("level", level(pitfall.severity())));
		return rule;
	}

	static String level(Severity severity) {
		return switch (severity) {
			case ERROR -> "error";
			case WARNING -> "warning";
			case INFO -> "note";
		};
	}

}
