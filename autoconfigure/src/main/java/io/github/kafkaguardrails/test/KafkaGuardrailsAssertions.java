package io.github.kafkaguardrails.test;

import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;

/**
 * Entry to assertions on the findings of an application.
 *
 * @since 0.1.0
 */
public final class KafkaGuardrailsAssertions {

	private KafkaGuardrailsAssertions() {
	}

	/**
	 * Assertions on what an inspection found last. One that has not run yet, because of
	 * {@code kafka.guardrails.enforcement: off}, runs now.
	 * @param guardrails the bean of that type
	 */
	public static KafkaGuardrailsAssert assertThat(PitfallInspection guardrails) {
		PitfallInspection.Result latest = guardrails.latest();
		return assertThat((latest.setup() != null) ? latest.report() : guardrails.inspect().report());
	}

	/**
	 * Assertions on a report.
	 * @param report the report
	 */
	public static KafkaGuardrailsAssert assertThat(PitfallReport report) {
		return new KafkaGuardrailsAssert(report);
	}

}
