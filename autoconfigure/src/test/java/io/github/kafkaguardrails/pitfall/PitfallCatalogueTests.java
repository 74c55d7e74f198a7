package io.github.kafkaguardrails.pitfall;

import java.io.IOException;
import java.net.URL;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.ReportedFinding.State;
import io.github.kafkaguardrails.pitfall.rules.ProducerAcksNotAll;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link PitfallCatalogue}. */
class PitfallCatalogueTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

	private static final Subject ORDERS = new Subject(Subject.Kind.PRODUCER, "orders");

	private static final Subject AUDIT = new Subject(Subject.Kind.PRODUCER, "audit");

	private static final KafkaSetup SETUP = application().build();

	@Test
	void aFindingHasTheSeverityOfItsRule() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks."))).findings()).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.rule()).isEqualTo("leaking");
				assertThat(finding.title()).isEqualTo("It leaks");
				assertThat(finding.severity()).isEqualTo(Severity.WARNING);
				assertThat(finding.state()).isEqualTo(State.VIOLATED);
				assertThat(finding.subjects()).containsExactly(ORDERS);
			});
	}

	@Test
	void aFindingMayHaveASeverityOfItsOwn() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks.").withSeverity(Severity.ERROR))).hasErrors())
			.isTrue();
	}

	@Test
	void theLevelOfTheUserWinsOverBoth() {
		PitfallReport report = check(levels(Map.of("leaking", RuleLevel.INFO)),
				new Leaking(Finding.of(ORDERS, "It leaks.").withSeverity(Severity.ERROR)));
		assertThat(report.findings()).extracting(ReportedFinding::severity).containsExactly(Severity.INFO);
	}

	@Test
	void aLevelMayUseAnEarlierId() {
		PitfallReport report = check(levels(Map.of("dripping", RuleLevel.ERROR)),
				new Leaking(Finding.of(ORDERS, "It leaks.")));
		assertThat(report.findings()).extracting(ReportedFinding::severity).containsExactly(Severity.ERROR);
	}

	@Test
	void theLevelOfTheIdWinsOverTheLevelOfAnEarlierId() {
		PitfallReport report = check(levels(Map.of("dripping", RuleLevel.ERROR, "leaking", RuleLevel.INFO)),
				new Leaking(Finding.of(ORDERS, "It leaks.")));
		assertThat(report.findings()).extracting(ReportedFinding::severity).containsExactly(Severity.INFO);
	}

	@Test
	void aRuleThatIsOffDoesNotRun() {
		PitfallReport report = check(levels(Map.of("throwing", RuleLevel.OFF, "dripping", RuleLevel.OFF)),
				new Throwing(), new Leaking(Finding.of(ORDERS, "It leaks.")), new Burning(Finding.of(ORDERS, "Fire.")));
		assertThat(report.findings()).extracting(ReportedFinding::rule).containsExactly("burning");
		assertThat(report.rules()).isEqualTo(1);
	}

	@Test
	void looksForErrorsWithTheRulesThatCanFindThemOnly() {
		PitfallCatalogue catalogue = new PitfallCatalogue(
				List.of(new Leaking(Finding.of(ORDERS, "It leaks.")), new Burning(Finding.of(ORDERS, "Fire."))));
		assertThat(catalogue.checkForErrors(SETUP, PitfallSettings.defaults(), TODAY)).satisfies((report) -> {
			assertThat(report.rules()).isOne();
			assertThat(report.findings()).extracting(ReportedFinding::rule).containsExactly("burning");
		});
		assertThat(catalogue.checkForErrors(SETUP,
				levels(Map.of("dripping", RuleLevel.ERROR, "burning", RuleLevel.WARNING)), TODAY))
			.satisfies((report) -> {
				assertThat(report.rules()).isOne();
				assertThat(report.findings()).extracting(ReportedFinding::rule).containsExactly("leaking");
			});
	}

	@Test
	void loadsTheOtherRulesWhenTheyAreNeeded() {
		List<String> resources = new ArrayList<>();
		ClassLoader classLoader = new ClassLoader(getClass().getClassLoader()) {

			@Override
			public Enumeration<URL> getResources(String name) throws IOException {
				resources.add(name.substring(name.lastIndexOf('.') + 1));
				return super.getResources(name);
			}

		};
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), classLoader);
		assertThat(catalogue.checkForErrors(SETUP, PitfallSettings.defaults(), TODAY).rules()).isBetween(20, 40);
		assertThat(resources).containsExactly("StartupPitfallRule");
		assertThat(catalogue.check(SETUP, PitfallSettings.defaults(), TODAY).rules()).isGreaterThan(80);
		assertThat(resources).containsExactly("StartupPitfallRule", "PitfallRule");
		assertThat(catalogue.ids()).contains("producer-acks-not-all", "consumer-group-protocol-conflict");
	}

	@Test
	void looksForErrorsInWaiversAndBaselineWhereTheyAreErrors() {
		PitfallCatalogue catalogue = new PitfallCatalogue(List.of(new Leaking()));
		Waiver expired = new Waiver("leaking", "*", "a reason", TODAY.minusDays(1));
		Baseline stale = Baseline
			.of(new PitfallInspection.Result(SETUP, check(new Leaking(Finding.of(ORDERS, "It leaks.")))), TODAY);
		PitfallSettings byDefault = new PitfallSettings(Enforcement.FAIL, Map.of(), List.of(expired), stale);
		assertThat(catalogue.checkForErrors(SETUP, byDefault, TODAY).findings()).isEmpty();
		for (String id : List.of(PitfallCatalogue.EXPIRED_WAIVER, PitfallCatalogue.STALE_BASELINE)) {
			PitfallSettings raised = new PitfallSettings(Enforcement.FAIL, Map.of(id, RuleLevel.ERROR),
					List.of(expired), stale);
			assertThat(catalogue.checkForErrors(SETUP, raised, TODAY).findings()).as(id)
				.anySatisfy((finding) -> assertThat(finding.rule()).isEqualTo(id));
		}
	}

	@Test
	void aRuleAboutTheClusterWaitsUntilTheClusterHasBeenRead() {
		PitfallRule rule = new Distant(Finding.of(ORDERS, "It is far."));
		PitfallReport before = check(rule);
		assertThat(before.findings()).isEmpty();
		assertThat(before.rules()).isZero();
		PitfallReport after = check(application().withCluster((cluster) -> {
		}).build(), rule);
		assertThat(after.findings()).extracting(ReportedFinding::state).containsExactly(State.VIOLATED);
		assertThat(after.rules()).isOne();
	}

	@Test
	void aRuleAboutTheClusterIsUnknownWhenTheClusterDoesNotAnswer() {
		KafkaSetup setup = application().withOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException").build();
		assertThat(check(setup, new Distant()).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.state()).isEqualTo(State.UNKNOWN);
			assertThat(finding.harm()).contains("did not answer");
			assertThat(finding.subjects()).containsExactly(new Subject(Subject.Kind.CLUSTER, "localhost:9092"));
		});
	}

	@Test
	void aRuleAboutTheRunningApplicationWaitsUntilItHasBeenObserved() {
		PitfallRule rule = new Restless(List.of(Finding.of(ORDERS, "It moves.")));
		PitfallReport before = check(rule);
		assertThat(before.findings()).isEmpty();
		assertThat(before.rules()).isZero();
		PitfallReport after = check(application().withActivity((activity) -> {
		}).build(), rule);
		assertThat(after.findings()).extracting(ReportedFinding::state).containsExactly(State.VIOLATED);
	}

	@Test
	void aWaiverAcceptsTheSubjectsThatItsGlobMatches() {
		Waiver waiver = new Waiver("leaking", "ord*", "OPS-123", null);
		PitfallReport report = check(waivers(waiver),
				new Leaking(Finding.of(ORDERS, "It leaks."), Finding.of(AUDIT, "It leaks.")));
		assertThat(report.findings()).filteredOn((finding) -> finding.state() == State.ACCEPTED)
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.subjects()).containsExactly(ORDERS);
				assertThat(finding.waiver()).isEqualTo(waiver);
			});
		assertThat(report.violations()).singleElement()
			.satisfies((finding) -> assertThat(finding.subjects()).containsExactly(AUDIT));
	}

	@Test
	void aWaiverMayUseAnEarlierIdAndNeedsNoGlob() {
		assertThat(check(waivers(new Waiver("dripping", null, "OPS-123", null)),
				new Leaking(Finding.of(ORDERS, "It leaks.")))
			.violations()).isEmpty();
	}

	@Test
	void aWaiverOfAnotherRuleAcceptsNothing() {
		assertThat(check(waivers(new Waiver("burning", null, "OPS-123", null)),
				new Leaking(Finding.of(ORDERS, "It leaks.")))
			.violations()).hasSize(1);
	}

	@Test
	void aWaiverHoldsOnItsLastDay() {
		assertThat(check(waivers(new Waiver("leaking", null, "OPS-123", TODAY)),
				new Leaking(Finding.of(ORDERS, "It leaks.")))
			.violations()).isEmpty();
	}

	@Test
	void anExpiredWaiverAcceptsNothingAndIsItselfAFinding() {
		PitfallReport report = check(waivers(new Waiver("leaking", null, "OPS-123", TODAY.minusDays(1))),
				new Leaking(Finding.of(ORDERS, "It leaks.")));
		assertThat(report.violations()).extracting(ReportedFinding::rule)
			.containsExactly("guardrails-waiver-expired", "leaking");
		ReportedFinding expired = report.violations().get(0);
		assertThat(expired.severity()).isEqualTo(Severity.WARNING);
		assertThat(expired.evidence()).singleElement()
			.hasToString("waiver of leaking until = 2026-10-31 (kafka.guardrails.waivers)");
		assertThat(expired.harm()).contains("OPS-123");
	}

	@Test
	void expiredWaiversHaveALevelLikeEveryRule() {
		Waiver expired = new Waiver("leaking", null, "OPS-123", TODAY.minusDays(1));
		PitfallSettings error = new PitfallSettings(Enforcement.FAIL,
				Map.of(PitfallCatalogue.EXPIRED_WAIVER, RuleLevel.ERROR), List.of(expired));
		PitfallSettings off = new PitfallSettings(Enforcement.FAIL,
				Map.of(PitfallCatalogue.EXPIRED_WAIVER, RuleLevel.OFF), List.of(expired));
		assertThat(check(error, new Leaking()).hasErrors()).isTrue();
		assertThat(check(off, new Leaking()).findings()).isEmpty();
	}

	@Test
	void findingsOfOneCauseAreJoined() {
		Finding leak = Finding.of(ORDERS, "It leaks.").withEvidence(acks("1")).withFix(Fix.set("acks", "all"));
		Finding same = Finding.of(AUDIT, "It leaks.").withEvidence(acks("1")).withFix(Fix.set("acks", "all"));
		assertThat(check(new Leaking(leak, same, leak)).findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.subjects()).containsExactly(ORDERS, AUDIT));
	}

	@Test
	void findingsWithDifferentEvidenceAreNotJoined() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks.").withEvidence(acks("1")),
				Finding.of(AUDIT, "It leaks.").withEvidence(acks("0"))))
			.findings()).hasSize(2);
	}

	@Test
	void findingsWithDifferentSeverityAreNotJoined() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks."),
				Finding.of(AUDIT, "It leaks.").withSeverity(Severity.INFO)))
			.findings()).hasSize(2);
	}

	@Test
	void findingsOfTwoRulesAreNotJoined() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "Harm.")), new Burning(Finding.of(ORDERS, "Harm."))).findings())
			.hasSize(2);
	}

	@Test
	void aRuleThatThrowsIsUnknownAndTheOthersStillRun() {
		PitfallReport report = check(new Throwing(), new Leaking(Finding.of(ORDERS, "It leaks.")));
		assertThat(report.violations()).extracting(ReportedFinding::rule).containsExactly("leaking");
		assertThat(report.findings()).filteredOn((finding) -> finding.rule().equals("throwing"))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.state()).isEqualTo(State.UNKNOWN);
				assertThat(finding.severity()).isEqualTo(Severity.INFO);
				assertThat(finding.harm()).contains("java.lang.IllegalStateException").doesNotContain("secret");
			});
		assertThat(report.rules()).isEqualTo(2);
	}

	@Test
	void aRuleThatMissesALibraryIsUnknown() {
		assertThat(check(new Unlinked()).findings()).extracting(ReportedFinding::state).containsExactly(State.UNKNOWN);
	}

	@Test
	void whatIsUnknownIsNeitherRaisedNorWaived() {
		PitfallSettings settings = new PitfallSettings(Enforcement.FAIL, Map.of("leaking", RuleLevel.ERROR),
				List.of(new Waiver("leaking", null, "OPS-123", null)));
		PitfallReport report = check(settings, new Leaking(Finding.unknown(ORDERS, "No permission.")));
		assertThat(report.findings()).extracting(ReportedFinding::state).containsExactly(State.UNKNOWN);
		assertThat(report.hasErrors()).isFalse();
	}

	@Test
	void errorsComeFirstAndRulesInOrderOfTheirIds() {
		PitfallReport report = check(
				new Leaking(Finding.of(ORDERS, "It leaks.").withSeverity(Severity.INFO),
						Finding.of(AUDIT, "It leaks.")),
				new Creaking(Finding.of(ORDERS, "It creaks.")), new Burning(Finding.of(ORDERS, "Fire.")));
		assertThat(report.findings()).extracting((finding) -> finding.severity().label() + " " + finding.rule())
			.containsExactly("error burning", "warning creaking", "warning leaking", "info leaking");
	}

	@Test
	void rejectsTwoRulesWithOneId() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PitfallCatalogue(List.of(new Leaking(), new Leaking())))
			.withMessageContaining("share the id 'leaking'")
			.withMessageContaining(Leaking.class.getName());
	}

	@Test
	void rejectsARuleWithoutIdentityCard() {
		PitfallRule rule = new Nameless();
		assertThatIllegalArgumentException().isThrownBy(() -> new PitfallCatalogue(List.of(rule)))
			.withMessage("Rule " + Nameless.class.getName() + " is not annotated with @Pitfall");
	}

	@Test
	void knowsTheIdsOfAllRulesAndTheirEarlierIds() {
		PitfallCatalogue catalogue = new PitfallCatalogue(List.of(new Leaking(), new Burning()));
		assertThat(catalogue.ids()).containsExactlyInAnyOrder("leaking", "dripping", "burning",
				"guardrails-baseline-stale", "guardrails-waiver-expired");
		assertThat(catalogue.pitfalls()).extracting(Pitfall::id)
			.containsExactly("burning", "guardrails-baseline-stale", "guardrails-waiver-expired", "leaking");
	}

	@Test
	void aFindingLinksToTheDescriptionOfItsRule() {
		KafkaSetup setup = TestSetup.producer((producer) -> producer.code("acks", "1"));
		assertThat(check(setup, new ProducerAcksNotAll()).findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.documentation())
				.isEqualTo(RuleReference.PAGE + "#producer-acks-not-all"));
		PitfallCatalogue catalogue = new PitfallCatalogue(List.of(new ProducerAcksNotAll(), new Leaking()));
		assertThat(catalogue.documentation("producer-acks-not-all")).endsWith("#producer-acks-not-all");
		assertThat(catalogue.documentation(PitfallCatalogue.EXPIRED_WAIVER)).endsWith("#guardrails-waiver-expired");
		assertThat(catalogue.documentation("leaking")).isNull();
	}

	@Test
	void aRuleOfTheApplicationHasItsRemedyAndNoLink() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks."))).findings()).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.documentation()).isNull();
				assertThat(finding.fixes()).containsExactly(Fix.action("mend it"));
			});
	}

	@Test
	void aFindingWithAFixDoesNotRepeatTheRemedy() {
		assertThat(check(new Leaking(Finding.of(ORDERS, "It leaks.").withFix(Fix.delete("hole")))).findings())
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.delete("hole")));
	}

	@Test
	void loadsTheRulesOnTheClassPathAndThoseOfTheApplication() {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(new Leaking()), getClass().getClassLoader());
		assertThat(catalogue.ids()).contains("leaking", "producer-acks-not-all");
	}

	private static ConfigValue acks(String value) {
		return ConfigValue.of("acks", value, ValueOrigin.property("spring.kafka.producer.acks", "application.yml:1:1"));
	}

	private static PitfallSettings levels(Map<String, RuleLevel> levels) {
		return new PitfallSettings(Enforcement.FAIL, levels, List.of());
	}

	private static PitfallSettings waivers(Waiver... waivers) {
		return new PitfallSettings(Enforcement.FAIL, Map.of(), List.of(waivers));
	}

	private static PitfallReport check(PitfallRule... rules) {
		return check(PitfallSettings.defaults(), rules);
	}

	private static PitfallReport check(PitfallSettings settings, PitfallRule... rules) {
		return new PitfallCatalogue(Arrays.asList(rules)).check(SETUP, settings, TODAY);
	}

	private static PitfallReport check(KafkaSetup setup, PitfallRule... rules) {
		return new PitfallCatalogue(Arrays.asList(rules)).check(setup, PitfallSettings.defaults(), TODAY);
	}

	@Pitfall(id = "distant", title = "It is far", severity = Severity.WARNING, why = "Nobody sees it.",
			remedy = "go there", scope = PitfallScope.CLUSTER, since = "0.1.0")
	private record Distant(List<Finding> findings) implements PitfallRule {

		Distant(Finding... findings) {
			this(List.of(findings));
		}

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return this.findings;
		}

	}

	@Pitfall(id = "restless", title = "It moves", severity = Severity.WARNING, why = "Nobody can hold it.",
			remedy = "wait", scope = PitfallScope.ACTIVITY, since = "0.1.0")
	private record Restless(List<Finding> findings) implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return this.findings;
		}

	}

	@Pitfall(id = "leaking", title = "It leaks", severity = Severity.WARNING, why = "Water is lost.",
			remedy = "mend it", aliases = "dripping", since = "0.1.0")
	private record Leaking(List<Finding> findings) implements PitfallRule {

		Leaking(Finding... findings) {
			this(List.of(findings));
		}

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return this.findings;
		}

	}

	@Pitfall(id = "burning", title = "It burns", severity = Severity.ERROR, why = "The house is lost.",
			remedy = "put it out", since = "0.1.0")
	private record Burning(List<Finding> findings) implements PitfallRule {

		Burning(Finding... findings) {
			this(List.of(findings));
		}

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return this.findings;
		}

	}

	@Pitfall(id = "creaking", title = "It creaks", severity = Severity.WARNING, why = "Sleep is lost.",
			remedy = "oil it", since = "0.1.0")
	private record Creaking(Finding finding) implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return List.of(this.finding);
		}

	}

	@Pitfall(id = "throwing", title = "It throws", severity = Severity.ERROR, why = "Nothing is known.",
			remedy = "mend the rule", since = "0.1.0")
	private static final class Throwing implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			throw new IllegalStateException("secret");
		}

	}

	@Pitfall(id = "unlinked", title = "It misses a class", severity = Severity.ERROR, why = "Nothing is known.",
			remedy = "add the library", since = "0.1.0")
	private static final class Unlinked implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			throw new NoClassDefFoundError("com/example/Missing");
		}

	}

	private static final class Nameless implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return List.of();
		}

	}

}
