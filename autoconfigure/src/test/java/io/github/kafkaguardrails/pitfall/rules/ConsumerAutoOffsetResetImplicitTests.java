package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerAutoOffsetResetImplicit}. */
class ConsumerAutoOffsetResetImplicitTests {

	private static final String PROPERTY = "spring.kafka.consumer.auto-offset-reset";

	private final ConsumerAutoOffsetResetImplicit rule = new ConsumerAutoOffsetResetImplicit();

	@Test
	void warnsWhenNobodyDecidedAndMentionsAnExplicitLatest() {
		assertThat(this.rule.check(listener((listener) -> {
		}))).extracting(Finding::severity).containsOnlyNulls().hasSize(1);
		assertThat(this.rule.check(listener((listener) -> listener.property("auto.offset.reset", PROPERTY, "latest"))))
			.extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "earliest", "none", "by_duration:P1D", "smallest" })
	void ignoresAnyOtherDecision(String reset) {
		assertThat(this.rule.check(listener((listener) -> listener.property("auto.offset.reset", PROPERTY, reset))))
			.isEmpty();
	}

	@Test
	void ignoresShareConsumersAndPartitionsAssignedByHand() {
		assertThat(this.rule.check(listener((listener) -> listener.type = ContainerSetup.Type.SHARE))).isEmpty();
		assertThat(this.rule.check(
				listener((listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0")))))
			.isEmpty();
	}

	@Test
	void ignoresABroadcastListenerWithARandomGroupButNotOneWithSuchAName() {
		assertThat(this.rule.check(withRawGroup("billing-${random.uuid}"))).isEmpty();
		assertThat(this.rule.check(withRawGroup("#{T(java.util.UUID).randomUUID()}"))).isEmpty();
		assertThat(this.rule.check(withRawGroup("random-uuid-service"))).hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(listener((listener) -> {
		})).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement().hasToString("auto.offset.reset = latest (Kafka client default)");
		assertThat(finding.harm()).contains("starts at the end").contains("new partition");
		assertThat(finding.fixes()).hasSize(2).startsWith(Fix.set(PROPERTY, "earliest"));
		assertThat(finding.fixes()).noneSatisfy((fix) -> assertThat(fix.text()).contains("by_duration"));
	}

	@Test
	void namesTheFileOfAnExplicitLatest() {
		assertThat(this.rule.check(listener((listener) -> listener.property("auto.offset.reset", PROPERTY, "latest"))))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.evidence()).singleElement()
					.hasToString("auto.offset.reset = latest (" + TestSetup.FILE + ")");
				assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "earliest"));
			});
	}

	private static KafkaSetup withRawGroup(String raw) {
		return listener((listener) -> listener.value(new ConfigValue("group.id", "billing", raw,
				ValueOrigin.property("spring.kafka.consumer.group-id", TestSetup.FILE))));
	}

}
