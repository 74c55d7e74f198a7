package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerUnsubscribedPublisher}. */
class ListenerUnsubscribedPublisherTests {

	private final ListenerUnsubscribedPublisher rule = new ListenerUnsubscribedPublisher();

	@Test
	void flagsAPublisherThatNobodySubscribesTo() {
		assertThat(check(returning(ReturnKind.UNSUBSCRIBED_PUBLISHER))).hasSize(1);
	}

	@Test
	void flagsOneMethodOfAClass() {
		assertThat(check(ListenerBuilder.method(AcknowledgmentParameter.NONE),
				returning(ReturnKind.UNSUBSCRIBED_PUBLISHER)))
			.hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = ReturnKind.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSUBSCRIBED_PUBLISHER")
	void ignoresResultsThatSpringKnows(ReturnKind returnKind) {
		assertThat(check(returning(returnKind))).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.methods = List.of(returning(ReturnKind.UNSUBSCRIBED_PUBLISHER));
			listener.role = ListenerSetup.Role.AUXILIARY;
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(returning(ReturnKind.UNSUBSCRIBED_PUBLISHER)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("return type of handle = reactor.core.publisher.Flux (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("never executed").contains("every record is lost");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).isEqualTo("return Mono<Void>, for example flux.then()"));
	}

	private static ListenerMethod returning(ReturnKind returnKind) {
		return new ListenerMethod("com.example.Orders", "handle", AcknowledgmentParameter.NONE, false, returnKind,
				"reactor.core.publisher.Flux", false, "java.lang.String");
	}

	private List<Finding> check(ListenerMethod... methods) {
		return this.rule.check(listener((listener) -> listener.methods = List.of(methods)));
	}

}
