package io.github.kafkaguardrails.pitfall.sarif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallReport;

/**
 * A report as a SARIF 2.1.0 log, in maps and lists that any JSON library writes as they
 * are. All rules are described, whether they found something or not; an accepted finding
 * is a suppressed result, what could not be checked is an open one. Secrets are masked.
 *
 * @since 0.1.0
 */
public final class SarifLog {

	/** Media type of such a log. */
	public static final String MEDIA_TYPE = "application/sarif+json";

	private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

	private static final String HOME = "https://github.com/kafka-guardrails/kafka-guardrails";

	private SarifLog() {
	}

	/**
	 * The log of one run.
	 * @param report what was found
	 * @param catalogue the rules that ran
	 */
	public static Map<String, Object> of(PitfallReport report, PitfallCatalogue catalogue) {
		List<Pitfall> rules = catalogue.pitfalls();
		Map<String, Integer> indices = new LinkedHashMap<>();
		IntStream.range(0, rules.size()).forEach((index) -> indices.put(rules.get(index).id(), index));
		Map<String, Object> driver = new LinkedHashMap<>();
		driver.put("name", "Kafka Guardrails");
		String version = SarifLog.class.getPackage().getImplementationVersion();
		if (version != null) {
			driver.put("version", version);
		}
		driver.put("informationUri", HOME);
		driver.put("rules",
				rules.stream().map((rule) -> SarifRule.of(rule, catalogue.documentation(rule.id()))).toList());
		Map<String, Object> run = new LinkedHashMap<>();
		run.put("tool", Map.of("driver", driver));
		run.put("columnKind", "utf16CodeUnits");
		run.put("results",
				report.findings()
					.stream()
					.map((finding) -> SarifResult.of(finding, indices.getOrDefault(finding.rule(), -1)))
					.toList());
		Map<String, Object> log = new LinkedHashMap<>();
		log.put("$schema", SCHEMA);
		log.put("version", "2.1.0");
		log.put("runs", List.of(run));
		return log;
	}

}
