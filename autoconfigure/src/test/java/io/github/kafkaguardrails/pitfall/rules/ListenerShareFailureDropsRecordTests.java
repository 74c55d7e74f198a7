package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerShareFailureDropsRecord}. */
class ListenerShareFailureDropsRecordTests {

	private final ListenerShareFailureDropsRecord rule = new ListenerShareFailureDropsRecord();

	@Test
	void flagsTheDefaultRecoverer() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresARecovererOfTheUser() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.CUSTOM, "own"))).isEmpty();
	}

	@Test
	void flagsTheImplicitModeWhateverTheRecoverer() {
		assertThat(check((listener) -> {
			listener.ackMode = "IMPLICIT";
			listener.errorHandling = ErrorHandlingSetup.of(Kind.CUSTOM, "own");
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("A failing record counts as processed"));
	}

	@Test
	void ignoresOtherListeners() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.RECORD)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("error handling = 1 attempt, then log and reject (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("never delivered again");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains("RELEASE"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.ackMode = "EXPLICIT";
			listener.errorHandling = ErrorHandlingSetup.of(Kind.REJECTING, "1 attempt, then log and reject");
			customizer.accept(listener);
		}));
	}

}
