package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerAcknowledgmentUnavailable}. */
class ListenerAcknowledgmentUnavailableTests {

	private final ListenerAcknowledgmentUnavailable rule = new ListenerAcknowledgmentUnavailable();

	@Test
	void flagsANullableAcknowledgmentWithBatchMode() {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> {
		})).extracting(Finding::severity).containsExactly(Severity.ERROR);
	}

	@Test
	void warnsWhenSpringReplacesTheArgument() {
		assertThat(check(AcknowledgmentParameter.NON_NULL, (listener) -> {
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.harm()).startsWith("Spring passes an Acknowledgment that does nothing");
		});
	}

	@Test
	void aNullableParameterOfOneHandlerMethodIsAnError() {
		assertThat(check(AcknowledgmentParameter.NULLABLE,
				(listener) -> listener.methods = List.of(ListenerBuilder.method(AcknowledgmentParameter.NON_NULL),
						ListenerBuilder.method(AcknowledgmentParameter.NULLABLE))))
			.extracting(Finding::severity)
			.containsExactly(Severity.ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "MANUAL", "MANUAL_IMMEDIATE" })
	void ignoresManualModes(String ackMode) {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> listener.ackMode = ackMode)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = AcknowledgmentParameter.class, names = { "NONE", "HEADERS" })
	void ignoresMethodsThatNeedNoAcknowledgment(AcknowledgmentParameter parameter) {
		assertThat(check(parameter, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresAsynchronousAcknowledgementWhichIsManual() {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> listener.asyncAcks = true)).isEmpty();
	}

	@Test
	void ignoresAssignedPartitionsWithoutGroupWhichAreManual() {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> {
			listener.groupId = null;
			listener.subscription = new Subscription(List.of(), null, List.of("orders-0"));
		})).isEmpty();
	}

	@Test
	void flagsAssignedPartitionsWithGroup() {
		assertThat(check(AcknowledgmentParameter.NULLABLE,
				(listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EXPLICIT", "IMPLICIT" })
	void flagsEveryAcknowledgmentInAShareGroup(String ackMode) {
		assertThat(check(AcknowledgmentParameter.NON_NULL, (listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.ackMode = ackMode;
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.ERROR);
			assertThat(finding.fixes().get(0).text()).contains("ShareAckMode.MANUAL");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "MANUAL", "not known" })
	void ignoresAShareGroupThatMayAcknowledgeByItself(String ackMode) {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.ackMode = ackMode;
		})).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check(AcknowledgmentParameter.NULLABLE, (listener) -> listener.role = ListenerSetup.Role.AUXILIARY))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(AcknowledgmentParameter.NULLABLE, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement().hasToString("ack mode = BATCH (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("every record fails before the method is called");
		assertThat(finding.fixes()).extracting((fix) -> fix.kind().label() + " " + fix.text())
			.containsExactly("Set spring.kafka.listener.ack-mode: manual", "Do remove the parameter from the method");
	}

	private List<Finding> check(AcknowledgmentParameter parameter, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.methods = List.of(ListenerBuilder.method(parameter));
			customizer.accept(listener);
		}));
	}

}
