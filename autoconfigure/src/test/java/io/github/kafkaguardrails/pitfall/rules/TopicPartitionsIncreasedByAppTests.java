package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.setup.PartitionIncrease;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicPartitionsIncreasedByApp}. */
class TopicPartitionsIncreasedByAppTests {

	private static final PartitionIncrease ORDERS = new PartitionIncrease("orders", "ordersTopic", 3, 6);

	private final PitfallRule rule = new TopicPartitionsIncreasedByApp();

	@Test
	void flagsAnIncreaseBeforeTheClusterHasBeenRead() {
		assertThat(this.rule.check(growing().build())).hasSize(1);
	}

	@Test
	void flagsAnIncreaseThatTheClusterConfirms() {
		assertThat(this.rule.check(
				growing().withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.partitions = 6)).build()))
			.hasSize(1);
	}

	@Test
	void ignoresAnIncreaseThatTheClusterRefused() {
		assertThat(this.rule.check(
				growing().withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.partitions = 3)).build()))
			.isEmpty();
	}

	@Test
	void ignoresAnAdminThatAddsNothing() {
		assertThat(this.rule.check(application().withAdmin("kafkaAdmin").build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(growing().build()).get(0);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("partitions before the start = 3 (topic 'orders')",
					"partitions = 6 (set in code by bean 'ordersTopic')");
		assertThat(finding.harm()).contains("adds 3 partitions").contains("cannot be undone");
		assertThat(finding.fixes()).extracting(Fix::text).last().isEqualTo("spring.kafka.admin.auto-create: false");
	}

	private static TestSetup growing() {
		return application().withAdmin("kafkaAdmin", ORDERS);
	}

}
