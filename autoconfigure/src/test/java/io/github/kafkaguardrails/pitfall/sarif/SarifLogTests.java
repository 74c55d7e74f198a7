package io.github.kafkaguardrails.pitfall.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.github.kafkaguardrails.pitfall.Baseline;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.RuleReference;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.TestInspection;
import io.github.kafkaguardrails.pitfall.Waiver;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SarifLog}, against the schema of the standard. */
class SarifLogTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

	private static final Subject ORDERS = new Subject(Subject.Kind.PRODUCER, "orders");

	private static final ConfigValue ACKS = value("acks", "1", "application.yml:12:13");

	private static final Schema SCHEMA = schema();

	@Test
	void theSchemaRefusesWhatIsNoSarif() {
		assertThat(SCHEMA.validate("{\"version\": \"2.1.0\", \"runs\": [{}]}", InputFormat.JSON)).isNotEmpty();
		assertThat(SCHEMA.validate("{\"version\": \"2.1.0\", \"runs\": [], \"more\": 1}", InputFormat.JSON))
			.isNotEmpty();
	}

	@Test
	void anEmptyReportIsValidAndDescribesAllRules() {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());
		DocumentContext log = read(PitfallReport.empty(), catalogue);
		assertThat(log.<List<Object>>read("$.runs[0].results")).isEmpty();
		assertThat(log.<List<String>>read("$.runs[0].tool.driver.rules[*].id"))
			.containsExactlyElementsOf(catalogue.pitfalls().stream().map(Pitfall::id).toList())
			.contains("producer-acks-not-all", "guardrails-waiver-expired")
			.hasSizeGreaterThan(30);
		assertThat(log.<List<String>>read("$.runs[0].tool.driver.rules[*].defaultConfiguration.level"))
			.contains("error", "warning", "note");
		assertThat(log.<List<Map<String, Object>>>read("$.runs[0].tool.driver.rules[?(@.id=='producer-acks-not-all')]"))
			.singleElement()
			.satisfies((rule) -> {
				assertThat(rule).containsEntry("helpUri", RuleReference.PAGE + "#producer-acks-not-all")
					.containsEntry("shortDescription",
							Map.of("text", "The producer does not wait for the in-sync replicas"));
				assertThat(rule.get("help")).asString()
					.contains("**Remedy.** spring.kafka.producer.acks: all",
							"[Description of the rule](" + RuleReference.PAGE + "#producer-acks-not-all)");
			});
	}

	@Test
	void aRuleOfTheApplicationHasNoHelpUri() {
		DocumentContext log = log(PitfallSettings.defaults());
		assertThat(log.<List<Map<String, Object>>>read("$.runs[0].tool.driver.rules[?(@.id=='leaking')]"))
			.singleElement()
			.satisfies((rule) -> assertThat(rule).doesNotContainKey("helpUri")
				.containsEntry("deprecatedIds", List.of("dripping")));
	}

	@Test
	void aFindingPointsToItsLine() {
		DocumentContext log = log(PitfallSettings.defaults(),
				Finding.of(ORDERS, "Water is lost.")
					.withEvidence(value("retries", "3", "Kafka client default"))
					.withEvidence(ACKS)
					.withFix(Fix.set("spring.kafka.producer.acks", "all")));
		Map<String, Object> result = log.read("$.runs[0].results[0]");
		assertThat(result).containsEntry("ruleId", "leaking")
			.containsEntry("kind", "fail")
			.containsEntry("level", "warning")
			.containsEntry("message",
					Map.of("text",
							"It leaks (producer 'orders'). Water is lost.\nSet: spring.kafka.producer.acks: all"))
			.doesNotContainKey("suppressions");
		assertThat(log.<String>read("$.runs[0].tool.driver.rules[" + result.get("ruleIndex") + "].id"))
			.isEqualTo("leaking");
		assertThat(log.<Map<String, Object>>read("$.runs[0].results[0].locations[0].physicalLocation"))
			.isEqualTo(Map.of("artifactLocation", Map.of("uri", "application.yml"), "region",
					Map.of("startLine", 12, "startColumn", 13)));
		assertThat(log.<String>read("$.runs[0].results[0].locations[0].logicalLocations[0].fullyQualifiedName"))
			.isEqualTo("producer/orders");
		assertThat(log.<String>read("$.runs[0].results[0].relatedLocations[0].logicalLocations[0].name"))
			.isEqualTo("Kafka client default");
	}

	@Test
	void pathsAreUris() {
		assertThat(uri("config/my app.yml:1:2")).isEqualTo("config/my%20app.yml");
		assertThat(uri("/etc/app/application.yml:1:2")).isEqualTo("file:///etc/app/application.yml");
		assertThat(uri("URL [jar:https://a/b.jar!/x.yml]:1:2")).doesNotContain(" ", "[");
	}

	@Test
	void aFindingWithoutALineIsAboutItsSubjects() {
		DocumentContext log = log(PitfallSettings.defaults(),
				Finding.of(ORDERS, "Water is lost.").withSeverity(Severity.ERROR),
				Finding.of(new Subject(Subject.Kind.LISTENER, "audit"), "Water is lost.").withSeverity(Severity.INFO));
		assertThat(log.<List<String>>read("$.runs[0].results[*].locations[*].logicalLocations[*].name"))
			.containsExactly("orders", "audit");
		assertThat(log.<List<String>>read("$.runs[0].results[*].level")).containsExactly("error", "note");
	}

	@Test
	void whatCouldNotBeCheckedIsOpen() {
		DocumentContext log = log(PitfallSettings.defaults(), Finding.unknown(ORDERS, "No permission."));
		assertThat(log.<Map<String, Object>>read("$.runs[0].results[0]")).containsEntry("kind", "open")
			.containsEntry("level", "none");
	}

	@Test
	void anAcceptedFindingIsSuppressed() {
		Finding finding = Finding.of(ORDERS, "Water is lost.").withEvidence(ACKS);
		PitfallSettings waived = new PitfallSettings(Enforcement.FAIL, Map.of(),
				List.of(new Waiver("leaking", null, "OPS-123", TODAY)));
		assertThat(log(waived, finding).<List<Object>>read("$.runs[0].results[0].suppressions")).containsExactly(
				Map.of("kind", "external", "status", "accepted", "justification", "OPS-123 (until 2026-11-01)"));
		PitfallCatalogue catalogue = catalogue(finding);
		PitfallSettings baseline = PitfallSettings.defaults()
			.withBaseline(Baseline.of(new PitfallInspection.Result(null,
					catalogue.check(application().build(), PitfallSettings.defaults(), TODAY)), TODAY));
		assertThat(log(baseline, finding).<String>read("$.runs[0].results[0].suppressions[0].justification"))
			.isEqualTo("baseline of 2026-11-01");
	}

	@Test
	void fingerprintsStayWhenLinesMoveAndDifferBetweenFindings() {
		Finding here = Finding.of(ORDERS, "Harm.").withEvidence(ACKS);
		Finding there = Finding.of(ORDERS, "Harm.").withEvidence(value("acks", "1", "application.yml:77:1"));
		Finding worse = Finding.of(ORDERS, "Harm.").withEvidence(value("acks", "0", "application.yml:12:13"));
		Finding other = Finding.of(new Subject(Subject.Kind.PRODUCER, "audit"), "Harm.").withEvidence(ACKS);
		assertThat(fingerprint(here)).matches("[0-9a-f]{16}")
			.isEqualTo(fingerprint(there))
			.isNotEqualTo(fingerprint(worse))
			.isNotEqualTo(fingerprint(other));
		assertThat(fingerprint(here, other)).isEqualTo(fingerprint(other, here));
	}

	@Test
	void showsNoSecret() {
		DocumentContext log = log(PitfallSettings.defaults(), Finding.of(ORDERS, "Harm.")
			.withEvidence(value("ssl.key.password", TestInspection.SECRET, "a.yml:1:1")));
		assertThat(log.jsonString()).contains("ssl.key.password = ******").doesNotContain(TestInspection.SECRET);
	}

	private static String uri(String location) {
		return log(PitfallSettings.defaults(), Finding.of(ORDERS, "Harm.").withEvidence(value("acks", "1", location)))
			.read("$.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri");
	}

	private static String fingerprint(Finding... findings) {
		return log(PitfallSettings.defaults(), findings)
			.read("$.runs[0].results[0].partialFingerprints['kafkaGuardrails/v1']");
	}

	private static DocumentContext log(PitfallSettings settings, Finding... findings) {
		PitfallCatalogue catalogue = catalogue(findings);
		return read(catalogue.check(application().build(), settings, TODAY), catalogue);
	}

	private static PitfallCatalogue catalogue(Finding... findings) {
		return new PitfallCatalogue(List.of(new Leaking(List.of(findings))));
	}

	/** The log as JSON, which is valid. */
	private static DocumentContext read(PitfallReport report, PitfallCatalogue catalogue) {
		String json = JsonMapper.shared().writeValueAsString(SarifLog.of(report, catalogue));
		assertThat(SCHEMA.validate(json, InputFormat.JSON,
				(context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true))))
			.as("%s", json)
			.isEmpty();
		return JsonPath.parse(json);
	}

	/** The schema of the standard, out of an artifact that has it. */
	private static Schema schema() {
		try (InputStream schema = SarifLogTests.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
				.getSchema(Objects.requireNonNull(schema));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigValue value(String key, String value, String location) {
		return ConfigValue.of(key, value, ValueOrigin.property("spring.kafka." + key, location));
	}

	@Pitfall(id = "leaking", title = "It leaks", severity = Severity.WARNING, why = "Water is lost.",
			remedy = "mend it", aliases = "dripping", since = "0.1.0")
	private record Leaking(List<Finding> findings) implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return this.findings;
		}

	}

}
