package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.Subscription;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerGroupIdMissing}. */
class ConsumerGroupIdMissingTests {

	private final ConsumerGroupIdMissing rule = new ConsumerGroupIdMissing();

	@Test
	void flagsNoGroupAndABlankOneAndIgnoresAnyOther() {
		assertThat(this.rule.check(listener((listener) -> listener.groupId = null))).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> listener.groupId = "  "))).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> listener.groupId = "b"))).isEmpty();
	}

	@Test
	void flagsAPatternAndIgnoresPartitionsAssignedByHand() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = null;
			listener.subscription = new Subscription(List.of(), "orders.*", List.of());
		}))).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = null;
			listener.subscription = new Subscription(List.of(), null, List.of("orders-0"));
		}))).isEmpty();
	}

	@Test
	void ignoresShareConsumers() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = null;
			listener.type = ContainerSetup.Type.SHARE;
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(listener((listener) -> listener.groupId = null)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement().hasToString("group.id = null (Kafka client default)");
		assertThat(finding.harm()).contains("the container refuses to start");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("spring.kafka.consumer.group-id: ${spring.application.name}");
	}

}
