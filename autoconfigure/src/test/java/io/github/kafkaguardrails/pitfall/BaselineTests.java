package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.ReportedFinding.State;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Baseline} and for what the catalogue makes of it. */
class BaselineTests {

	private static final LocalDate WRITTEN = LocalDate.of(2026, 11, 1);

	private static final LocalDate TODAY = LocalDate.of(2027, 1, 1);

	private static final Subject ORDERS = new Subject(Subject.Kind.PRODUCER, "orders");

	private static final Finding LEAK = Finding.of(ORDERS, "It leaks.").withEvidence(acks("1", "application.yml:1:1"));

	private static final PitfallSettings NOTHING = PitfallSettings.defaults();

	@Test
	void acceptsWhatItWasWrittenOf() {
		assertThat(check(accepting(LEAK), LEAK).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.state()).isEqualTo(State.ACCEPTED);
			assertThat(finding.baseline()).isEqualTo(WRITTEN);
			assertThat(finding.acceptance()).isEqualTo("baseline of 2026-11-01");
			assertThat(finding.waiver()).isNull();
		});
	}

	@Test
	void survivesThatLinesMoveAndThatWordsChange() {
		Finding moved = Finding.of(ORDERS, "Other words.").withEvidence(acks("1", "application.properties:77:3"));
		assertThat(check(accepting(LEAK), moved).violations()).isEmpty();
	}

	@Test
	void doesNotAcceptAnotherValue() {
		Finding worse = Finding.of(ORDERS, "It leaks.").withEvidence(acks("0", "application.yml:1:1"));
		assertThat(check(accepting(LEAK), worse).violations()).extracting(ReportedFinding::rule).contains("leaking");
	}

	@Test
	void doesNotAcceptAnotherSubject() {
		Finding other = Finding.of(new Subject(Subject.Kind.CONSUMER, "orders"), "It leaks.")
			.withEvidence(acks("1", "application.yml:1:1"));
		assertThat(check(accepting(LEAK), LEAK, other).violations()).singleElement()
			.satisfies((finding) -> assertThat(finding.subjects()).containsExactly(other.subject()));
	}

	@Test
	void doesNotAcceptAnotherRule() {
		Baseline.Entry entry = baseline(NOTHING, LEAK).entries().get(0);
		Baseline other = new Baseline(WRITTEN, false, List
			.of(new Baseline.Entry("other", entry.subject(), entry.about(), entry.fingerprint(), entry.origin())));
		assertThat(check(NOTHING.withBaseline(other), LEAK).violations()).hasSize(2);
	}

	@Test
	void acceptsAFindingUnderAnEarlierIdOfItsRule() {
		Baseline.Entry entry = baseline(NOTHING, LEAK).entries().get(0);
		Baseline earlier = new Baseline(WRITTEN, false, List
			.of(new Baseline.Entry("dripping", entry.subject(), entry.about(), entry.fingerprint(), entry.origin())));
		assertThat(check(NOTHING.withBaseline(earlier), LEAK).violations()).isEmpty();
	}

	@Test
	void findingsWithoutValuesAreToldApartByWhatTheySay() {
		Finding method = Finding.of(ORDERS, "The method a leaks.");
		assertThat(check(accepting(method), method).violations()).isEmpty();
		assertThat(check(accepting(method), Finding.of(ORDERS, "The method b leaks.")).violations()).isNotEmpty();
	}

	@Test
	void namesRuleSubjectAndValues() {
		assertThat(baseline(NOTHING, LEAK).entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.rule()).isEqualTo("leaking");
			assertThat(entry.subject()).isEqualTo("producer 'orders'");
			assertThat(entry.about()).isEqualTo("It leaks: acks = 1");
			assertThat(entry.fingerprint()).matches(Baseline.Entry.FINGERPRINT);
		});
	}

	@Test
	void holdsNoSecretNotEvenAsAFingerprint() {
		Baseline first = baseline(NOTHING, Finding.of(ORDERS, "Harm.").withEvidence(password("hunter2")));
		Baseline second = baseline(NOTHING, Finding.of(ORDERS, "Harm.").withEvidence(password("changeit")));
		assertThat(first.toString()).contains("ssl.key.password = ******").doesNotContain("hunter2");
		assertThat(first).isEqualTo(second);
	}

	@Test
	void leavesOutWhatIsOffUnknownOrWaived() {
		PitfallSettings off = new PitfallSettings(Enforcement.FAIL, Map.of("leaking", RuleLevel.OFF), List.of());
		PitfallSettings waived = new PitfallSettings(Enforcement.FAIL, Map.of(),
				List.of(new Waiver("leaking", null, "OPS-123", null)));
		assertThat(baseline(off, LEAK).entries()).isEmpty();
		assertThat(baseline(waived, LEAK).entries()).isEmpty();
		assertThat(baseline(NOTHING, Finding.unknown(ORDERS, "No permission.")).entries()).isEmpty();
	}

	@Test
	void leavesOutWhatTheCatalogueItselfReports() {
		PitfallSettings expired = new PitfallSettings(Enforcement.FAIL, Map.of(),
				List.of(new Waiver("leaking", null, "OPS-123", TODAY.minusDays(1))));
		assertThat(check(expired).violations()).extracting(ReportedFinding::rule)
			.containsExactly("guardrails-waiver-expired");
		assertThat(baseline(expired).entries()).isEmpty();
	}

	@Test
	void keepsWhatAnEarlierBaselineAccepts() {
		assertThat(baseline(accepting(LEAK), LEAK).entries()).hasSize(1);
	}

	@Test
	void aWaiverIsStrongerThanTheBaseline() {
		Waiver waiver = new Waiver("leaking", null, "OPS-123", TODAY);
		PitfallSettings both = new PitfallSettings(Enforcement.FAIL, Map.of(), List.of(waiver),
				accepting(LEAK).baseline());
		assertThat(check(both, LEAK).findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.acceptance()).isEqualTo("OPS-123 (until 2027-01-01)"));
	}

	@Test
	void mentionsOnceThatFindingsAreGone() {
		Finding audit = Finding.of(new Subject(Subject.Kind.PRODUCER, "audit"), "It leaks.")
			.withEvidence(acks("1", "application.yml:1:1"));
		assertThat(check(accepting(LEAK, audit)).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo("guardrails-baseline-stale");
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.evidence()).extracting(ConfigValue::text)
				.containsExactlyInAnyOrder("leaking of producer 'orders'", "leaking of producer 'audit'");
		});
	}

	@Test
	void mentionsAnEntryOfARuleThatDoesNotExist() {
		Baseline.Entry entry = new Baseline.Entry("gone", "producer 'orders'", "", "0".repeat(16),
				ValueOrigin.property("kafka.guardrails.baseline.file", "baseline.yml:4:11"));
		assertThat(check(NOTHING.withBaseline(new Baseline(WRITTEN, false, List.of(entry)))).findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).singleElement()
				.hasToString("entry = gone of producer 'orders' (baseline.yml:4:11)"));
	}

	@Test
	void saysNothingWhenItCannotKnow() {
		PitfallSettings off = new PitfallSettings(Enforcement.FAIL, Map.of("leaking", RuleLevel.OFF), List.of(),
				accepting(LEAK).baseline());
		assertThat(check(off).findings()).isEmpty();
		assertThat(check(accepting(LEAK), Finding.unknown(ORDERS, "No permission.")).findings())
			.extracting(ReportedFinding::state)
			.containsExactly(State.UNKNOWN);
	}

	@Test
	void waitsForTheClustersWhenItWasWrittenWithThem() {
		KafkaSetup answered = application().withCluster((cluster) -> {
		}).build();
		Baseline baseline = Baseline.of(new PitfallInspection.Result(answered, check(NOTHING, LEAK)), WRITTEN);
		assertThat(baseline.clusters()).isTrue();
		PitfallSettings settings = NOTHING.withBaseline(baseline);
		KafkaSetup outage = application().withOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException").build();
		assertThat(check(settings).findings()).isEmpty();
		assertThat(catalogue().check(outage, settings, TODAY).findings()).isEmpty();
		assertThat(catalogue().check(answered, settings, TODAY).findings()).extracting(ReportedFinding::rule)
			.containsExactly("guardrails-baseline-stale");
	}

	@Test
	void staleEntriesHaveALevelLikeEveryRule() {
		PitfallSettings off = new PitfallSettings(Enforcement.FAIL,
				Map.of(PitfallCatalogue.STALE_BASELINE, RuleLevel.OFF), List.of(), accepting(LEAK).baseline());
		assertThat(check(off).findings()).isEmpty();
	}

	private static PitfallSettings accepting(Finding... findings) {
		return NOTHING.withBaseline(baseline(NOTHING, findings));
	}

	private static Baseline baseline(PitfallSettings settings, Finding... findings) {
		return Baseline.of(new PitfallInspection.Result(null, check(settings, findings)), WRITTEN);
	}

	private static PitfallReport check(PitfallSettings settings, Finding... findings) {
		return catalogue(findings).check(application().build(), settings, TODAY);
	}

	private static PitfallCatalogue catalogue(Finding... findings) {
		return new PitfallCatalogue(List.of(new Leaking(List.of(findings))));
	}

	private static ConfigValue acks(String value, String location) {
		return ConfigValue.of("acks", value, ValueOrigin.property("spring.kafka.producer.acks", location));
	}

	private static ConfigValue password(String value) {
		return ConfigValue.of("ssl.key.password", value, ValueOrigin.code("bean 'factory'"));
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
