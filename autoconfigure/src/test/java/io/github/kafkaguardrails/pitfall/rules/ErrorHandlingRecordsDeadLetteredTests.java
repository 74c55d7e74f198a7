package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.function.Consumer;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ActivitySetup.EndedRecords;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingRecordsDeadLettered}. */
class ErrorHandlingRecordsDeadLetteredTests {

	private final ErrorHandlingRecordsDeadLettered rule = new ErrorHandlingRecordsDeadLettered();

	@Test
	void flagsDeadLettersByTopicAndException() {
		assertThat(this.rule.check(setup((activity) -> activity
			.ended("orders", IllegalStateException.class, EndedRecords.Outcome.DEAD_LETTERED, 1, Duration.ofHours(1))
			.ended("orders", NullPointerException.class, EndedRecords.Outcome.DEAD_LETTERED, 1, Duration.ZERO)
			.ended("returns", NullPointerException.class, EndedRecords.Outcome.DEAD_LETTERED, 1, Duration.ZERO))))
			.hasSize(3);
	}

	@Test
	void ignoresTheDeadLettersOfYesterday() {
		assertThat(this.rule.check(setup((activity) -> activity.ended("orders", IllegalStateException.class,
				EndedRecords.Outcome.DEAD_LETTERED, 1, Duration.ofHours(1).plusMillis(1)))))
			.isEmpty();
	}

	@Test
	void saysThatSkippedRecordsAreLost() {
		assertThat(this.rule.check(setup((activity) -> activity.ended("orders", IllegalStateException.class,
				EndedRecords.Outcome.SKIPPED, 1, Duration.ZERO))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("logged and lost"));
	}

	@Test
	void saysThatAPartitionStandsStillWhenARecordCannotBeGivenUp() {
		assertThat(this.rule.check(setup((activity) -> activity.ended("orders", TimeoutException.class,
				EndedRecords.Outcome.FAILED, 1, Duration.ZERO))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("stands still"));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(setup((activity) -> activity.ended("orders", IllegalStateException.class,
					EndedRecords.Outcome.DEAD_LETTERED, 7, Duration.ZERO)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("wait in the dead-letter topic");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("records since the start = 7 (observed while running)",
					"source topic = orders (observed while running)",
					"exception = java.lang.IllegalStateException (observed while running)",
					"group = billing (observed while running)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("replay", "kafka.guardrails.records.ended"));
	}

	private static KafkaSetup setup(Consumer<TestActivity> customizer) {
		return application().withListener("orders-listener", (listener) -> {
		}).withActivity(customizer).build();
	}

}
