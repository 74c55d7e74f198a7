package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerManualAckUnreachable}. */
class ListenerManualAckUnreachableTests {

	private static final ListenerMethod UNABLE = ListenerBuilder.method(AcknowledgmentParameter.NONE);

	private final ListenerManualAckUnreachable rule = new ListenerManualAckUnreachable();

	@ParameterizedTest
	@ValueSource(strings = { "MANUAL", "MANUAL_IMMEDIATE" })
	void flagsManualModesWithoutMeansToAcknowledge(String ackMode) {
		assertThat(check((listener) -> listener.ackMode = ackMode)).hasSize(1);
	}

	@Test
	void flagsAsyncAcksWhichMakeTheModeManual() {
		assertThat(check((listener) -> {
			listener.ackMode = "BATCH";
			listener.asyncAcks = true;
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.evidence()).singleElement().hasToString("async acks = true (com.example.Orders#handle)");
			assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.listener.async-acks: false");
		});
	}

	@ParameterizedTest
	@EnumSource(value = AcknowledgmentParameter.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void ignoresMethodsWithAnAcknowledgment(AcknowledgmentParameter parameter) {
		assertThat(check((listener) -> listener.methods = List.of(ListenerBuilder.method(parameter)))).isEmpty();
	}

	@Test
	void ignoresMethodsWithTheConsumer() {
		assertThat(check((listener) -> listener.methods = List.of(method(true, ReturnKind.SYNCHRONOUS)))).isEmpty();
	}

	@Test
	void ignoresAsynchronousResultsWhichSpringAcknowledges() {
		assertThat(check((listener) -> listener.methods = List.of(method(false, ReturnKind.ASYNCHRONOUS)))).isEmpty();
	}

	@Test
	void ignoresAClassOfWhichOneMethodCanAcknowledge() {
		assertThat(check((listener) -> listener.methods = List.of(UNABLE,
				ListenerBuilder.method(AcknowledgmentParameter.NULLABLE))))
			.isEmpty();
	}

	@Test
	void flagsAClassOfWhichNoMethodCanAcknowledge() {
		assertThat(check((listener) -> listener.methods = List.of(UNABLE, UNABLE))).hasSize(1);
	}

	@Test
	void ignoresListenersThatAreNoMethods() {
		assertThat(check((listener) -> listener.methods = List.of())).isEmpty();
	}

	@Test
	void ignoresTransactionsWhichSendTheOffsets() {
		assertThat(check((listener) -> listener.transactional = true)).isEmpty();
	}

	@Test
	void ignoresListenersWithoutGroupWhichCommitNothing() {
		assertThat(check((listener) -> listener.groupId = null)).isEmpty();
	}

	@Test
	void ignoresShareGroups() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check((listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void ignoresContainerCommits() {
		assertThat(check((listener) -> listener.ackMode = "RECORD")).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement().hasToString("ack mode = MANUAL (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("No offset is ever committed");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.listener.ack-mode: batch",
					"add an Acknowledgment parameter to the method and call acknowledge()");
	}

	private static ListenerMethod method(boolean consumer, ReturnKind returnKind) {
		return new ListenerMethod("com.example.Orders", "handle", AcknowledgmentParameter.NONE, consumer, returnKind,
				"java.lang.Object", false, "java.lang.String");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.ackMode = "MANUAL";
			listener.methods = List.of(UNABLE);
			customizer.accept(listener);
		}));
	}

}
