package io.github.kafkaguardrails.pitfall.sarif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;

/** A finding as a result of SARIF. */
final class SarifResult {

	private static final String FINGERPRINT = "kafkaGuardrails/v1";

	private SarifResult() {
	}

	static Map<String, Object> of(ReportedFinding finding, int ruleIndex) {
		boolean open = finding.state() == ReportedFinding.State.UNKNOWN;
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("ruleId", finding.rule());
		result.put("ruleIndex", ruleIndex);
		result.put("kind", open ? "open" : "fail");
		result.put("level", open ? "none" : SarifRule.level(finding.severity()));
		result.put("message", Map.of("text", message(finding)));
		result.put("locations", List.of(location(finding)));
		List<Map<String, Object>> others = others(finding);
		if (!others.isEmpty()) {
			result.put("relatedLocations", others);
		}
		result.put("partialFingerprints", Map.of(FINGERPRINT, finding.fingerprint()));
		String acceptance = finding.acceptance();
		if (acceptance != null) {
			result.put("suppressions",
					List.of(Map.of("kind", "external", "status", "accepted", "justification", acceptance)));
		}
		return result;
	}

	private static String message(ReportedFinding finding) {
		String subjects = finding.subjects().stream().map(Subject::toString).collect(Collectors.joining(", "));
		return Stream
			.concat(Stream.of(finding.title() + " (" + subjects + "). " + finding.harm()),
					finding.fixes().stream().map((fix) -> fix.kind().label() + ": " + fix.text()))
			.collect(Collectors.joining("\n"));
	}

	/** The value to look at first. */
	private static @Nullable ConfigValue first(ReportedFinding finding) {
		return finding.evidence().stream().filter(SarifLocation::inFile).findFirst().orElse(null);
	}

	/** The line to look at, and what it is about. */
	private static Map<String, Object> location(ReportedFinding finding) {
		Map<String, Object> location = new LinkedHashMap<>();
		ConfigValue first = first(finding);
		if (first != null) {
			location.putAll(SarifLocation.of(first));
		}
		location.put("logicalLocations", SarifLocation.logical(finding.subjects()));
		return location;
	}

	private static List<Map<String, Object>> others(ReportedFinding finding) {
		ConfigValue first = first(finding);
		return finding.evidence().stream().filter((value) -> !value.equals(first)).map(SarifLocation::of).toList();
	}

}
