package io.github.kafkaguardrails.pitfall.rules;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerContainerStopped}. */
class ListenerContainerStoppedTests {

	private final ListenerContainerStopped rule = new ListenerContainerStopped();

	@Test
	void flagsAContainerThatStoppedByItself() {
		assertThat(this.rule.check(setup(false, false, "ABNORMAL"))).hasSize(1);
	}

	@Test
	void flagsAContainerWithAConsumerThatStoppedByItself() {
		assertThat(this.rule.check(setup(true, false, "ERROR"))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("A consumer of the container has stopped"));
	}

	@Test
	void ignoresAContainerThatSomebodyStopped() {
		assertThat(this.rule.check(setup(false, true, null))).isEmpty();
	}

	@Test
	void ignoresAContainerThatRunsAgain() {
		assertThat(this.rule.check(setup(true, true, "ABNORMAL"))).isEmpty();
	}

	@Test
	void namesTheSettingThatKeepsAuthenticationErrorsFromStoppingIt() {
		assertThat(this.rule.check(setup(false, false, "AUTH"))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).first()
				.satisfies((fix) -> assertThat(fix.text())
					.isEqualTo("spring.kafka.listener.auth-exception-retry-interval: 10s")));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup(false, false, "ERROR")).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("java.lang.Error", "Nothing restarts it");
		assertThat(finding.evidence()).singleElement().hasToString("reason = ERROR (observed while running)");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains("restart"));
	}

	@Test
	void admitsThatTheReasonIsNotKnown() {
		assertThat(this.rule.check(setup(false, false, null))).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).singleElement()
				.hasToString("reason = not known (observed while running)"));
	}

	private static KafkaSetup setup(boolean running, boolean expected, @Nullable String reason) {
		return application().withListener("orders-listener", (listener) -> {
		}).withActivity((activity) -> activity.container(running, expected, false, reason)).build();
	}

}
