package io.github.kafkaguardrails.test;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallReportFormatter;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.TestInspection;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link KafkaGuardrailsAssert} and {@link KafkaGuardrailsAssertions}. */
class KafkaGuardrailsAssertTests {

	private final PitfallInspection warned = TestInspection.inspected(TestInspection.setup());

	private final PitfallInspection clean = TestInspection.inspected(application().build());

	@Test
	void holdsWhereNothingIsFound() {
		KafkaGuardrailsAssertions.assertThat(this.clean)
			.hasNoFindings()
			.hasNoFindings(Severity.INFO)
			.doesNotHaveFinding("producer-acks-not-all");
	}

	@Test
	void aWarningIsNoError() {
		KafkaGuardrailsAssertions.assertThat(this.warned)
			.hasNoFindings(Severity.ERROR)
			.hasFinding("producer-acks-not-all")
			.doesNotHaveFinding("producer-config-rejected");
	}

	@Test
	void aWarningIsWorseThanInfo() {
		for (Severity severity : new Severity[] { Severity.WARNING, Severity.INFO }) {
			assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(this.warned).hasNoFindings(severity)))
				.contains("severity " + severity.label() + " or worse, but found 1 warning");
		}
	}

	@Test
	void aFailureShowsTheReport() {
		PitfallReport report = this.warned.latest().report();
		assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(report).hasNoFindings()))
			.endsWith(new PitfallReportFormatter().format(report));
		assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(report).hasFinding("other")))
			.contains("Expected a finding of other, but found 1 warning")
			.contains("acks = 1");
		assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(report)
			.as("guardrails")
			.doesNotHaveFinding("producer-acks-not-all"))).startsWith("[guardrails]").contains("acks = 1");
	}

	@Test
	void saysWhenNothingIsFoundAtAll() {
		assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(this.clean).hasFinding("other")))
			.isEqualTo("Expected a finding of other, but found no findings");
	}

	@Test
	void whatIsAcceptedDoesNotCount() {
		PitfallInspection waived = TestInspection.inspected(TestInspection.setup(), TestInspection.waiver());
		KafkaGuardrailsAssertions.assertThat(waived).hasNoFindings().doesNotHaveFinding("producer-acks-not-all");
	}

	@Test
	void anInspectionThatHasNotRunRunsNow() {
		KafkaGuardrailsAssertions.assertThat(TestInspection.of(TestInspection.setup()))
			.hasFinding("producer-acks-not-all");
	}

	@Test
	void aReportOfNoRuleProvesNothing() {
		assertThat(failure(() -> KafkaGuardrailsAssertions.assertThat(PitfallReport.empty()).hasNoFindings()))
			.contains("Expected rules to have run");
	}

	private static String failure(Runnable assertion) {
		AssertionError[] failure = new AssertionError[1];
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run)
			.satisfies((error) -> failure[0] = error);
		return String.valueOf(failure[0].getMessage());
	}

}
