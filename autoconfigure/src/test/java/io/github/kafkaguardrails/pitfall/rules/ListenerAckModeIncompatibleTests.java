package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerAckModeIncompatible}. */
class ListenerAckModeIncompatibleTests {

	private final ListenerAckModeIncompatible rule = new ListenerAckModeIncompatible();

	private static final String AUTO_COMMIT = "spring.kafka.consumer.enable-auto-commit";

	private static final String ACK_MODE = "spring.kafka.listener.ack-mode";

	@ParameterizedTest
	@ValueSource(strings = { "MANUAL", "MANUAL_IMMEDIATE" })
	void refusesManualModesWithAutoCommit(String mode) {
		assertThat(check((listener) -> autoCommit(listener).ackMode = mode)).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.ERROR);
		assertThat(check((listener) -> listener.ackMode = mode)).isEmpty();
	}

	@Test
	void refusesTheRecordModeOfABatchListener() {
		assertThat(check((listener) -> {
			listener.type = ContainerSetup.Type.BATCH;
			listener.ackMode = "RECORD";
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isNull();
			assertThat(finding.harm()).contains("refuses to start");
			assertThat(finding.fixes()).containsExactly(Fix.set(ACK_MODE, "batch"));
		});
		assertThat(check((listener) -> listener.ackMode = "RECORD")).isEmpty();
	}

	@Test
	void warnsOfAChosenModeThatAutoCommitIgnores() {
		assertThat(check((listener) -> autoCommit(listener).ackMode = "RECORD")).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.WARNING);
		assertThat(check((listener) -> autoCommit(listener).bootValues = Map.of())).hasSize(1);
		assertThat(this.rule.check(application().withProperty(ACK_MODE, "batch")
			.withListener("orders-listener", (listener) -> boot(autoCommit(listener)))
			.build())).hasSize(1);
	}

	@Test
	void ignoresAutoCommitWhereNobodyChoseAMode() {
		assertThat(check(ListenerAckModeIncompatibleTests::autoCommit)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "ack-count,BATCH", "ack-count,TIME", "ack-time,RECORD", "ack-time,COUNT" })
	void warnsOfAPropertyThatNoContainerUses(String property, String mode) {
		assertThat(check(property, mode, "BATCH")).singleElement().satisfies((finding) -> {
			assertThat(finding.subject()).isEqualTo(Subject.APPLICATION);
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes()).containsExactly(Fix.delete("spring.kafka.listener." + property));
		});
	}

	@ParameterizedTest
	@CsvSource({ "ack-count,COUNT", "ack-count,COUNT_TIME", "ack-time,TIME", "ack-time,COUNT_TIME" })
	void ignoresAPropertyThatOneContainerUses(String property, String mode) {
		assertThat(check(property, mode, "MANUAL")).isEmpty();
	}

	@Test
	void ignoresAPropertyWhereThereIsNoListenerYet() {
		assertThat(this.rule.check(application().withProperty("spring.kafka.listener.ack-count", 10).build()))
			.isEmpty();
	}

	@Test
	void ignoresShareGroups() {
		assertThat(check((listener) -> {
			autoCommit(listener).ackMode = "MANUAL";
			listener.type = ContainerSetup.Type.SHARE;
		})).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> autoCommit(listener).ackMode = "MANUAL").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("ack mode = MANUAL (com.example.Orders#handle)",
					"enable.auto.commit = true (application.yml:12:13)");
		assertThat(finding.harm()).contains("refuses to start");
		assertThat(finding.fixes()).containsExactly(Fix.set(AUTO_COMMIT, false));
	}

	private List<Finding> check(String property, String mode, String otherMode) {
		return this.rule.check(application().withProperty("spring.kafka.listener." + property, 10)
			.withListener("orders-listener", (listener) -> listener.ackMode = mode)
			.withListener("other", (listener) -> listener.ackMode = otherMode)
			.build());
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> customizer.accept(boot(listener))));
	}

	private static ListenerBuilder boot(ListenerBuilder listener) {
		listener.bootValues = Map.of(ACK_MODE, "BATCH");
		return listener;
	}

	private static ListenerBuilder autoCommit(ListenerBuilder listener) {
		return listener.property("enable.auto.commit", AUTO_COMMIT, true);
	}

}
