package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerAutoCommitEnabled}. */
class ConsumerAutoCommitEnabledTests {

	private static final String PROPERTY = "spring.kafka.consumer.enable-auto-commit";

	private final ConsumerAutoCommitEnabled rule = new ConsumerAutoCommitEnabled();

	@Test
	void flagsAutoCommitAndIgnoresSpringsDefault() {
		assertThat(this.rule.check(listener((listener) -> listener.code("enable.auto.commit", "true")))).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> {
		}))).isEmpty();
		assertThat(this.rule.check(listener((listener) -> listener.code("enable.auto.commit", "false")))).isEmpty();
	}

	@Test
	void leavesAListenerWithoutAGroupToTheOtherRules() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = null;
			listener.code("enable.auto.commit", true);
		}))).isEmpty();
	}

	@Test
	void deletesTheRawKeyThatWouldWinOverTheProperty() {
		String raw = "spring.kafka.consumer.properties.enable.auto.commit";
		assertThat(this.rule.check(listener((listener) -> listener.property("enable.auto.commit", raw, "true"))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.delete(raw),
					Fix.set(PROPERTY, false)));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(listener((listener) -> listener.property("enable.auto.commit", PROPERTY, true)
				.code("auto.commit.interval.ms", 1000)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("enable.auto.commit = true (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).contains("The ack mode is ignored").contains("up to 1000 ms again");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, false));
	}

}
