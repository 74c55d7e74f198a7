package io.github.kafkaguardrails.pitfall.rules;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerLosingDataToRetention}. */
class ConsumerLosingDataToRetentionTests {

	private final ConsumerLosingDataToRetention rule = new ConsumerLosingDataToRetention();

	@Test
	void flagsALeadThatMeltsAway() {
		assertThat(this.rule.check(observed((consumer) -> consumer.partitionValues("records-lead", 0, 300, 200, 99)
			.partitionValues("records-lag", 0, 900, 900, 900)))).hasSize(1);
	}

	@Test
	void ignoresALeadThatIsLongEnough() {
		assertThat(this.rule.check(observed((consumer) -> consumer.partitionValues("records-lead", 0, 300, 200, 100)
			.partitionValues("records-lag", 0, 900, 900, 900)))).isEmpty();
	}

	@Test
	void ignoresALeadThatDoesNotShrinkEachTime() {
		assertThat(this.rule.check(observed((consumer) -> consumer.partitionValues("records-lead", 0, 30, 20, 20)
			.partitionValues("records-lag", 0, 900, 900, 900)))).isEmpty();
		assertThat(this.rule.check(observed((consumer) -> consumer.partitionValues("records-lead", 0, 30, 20)
			.partitionValues("records-lag", 0, 900, 900)))).isEmpty();
	}

	@Test
	void ignoresAConsumerThatHasReadAll() {
		assertThat(this.rule.check(observed((consumer) -> consumer.partitionValues("records-lead", 0, 30, 20, 0)
			.partitionValues("records-lag", 0, 0, 0, 0)))).isEmpty();
	}

	@Test
	void flagsACommittedOffsetThatIsDeletedAlready() {
		assertThat(this.rule.check(committed(98, new PartitionSetup.Offsets(100, 100), "read_uncommitted"))).hasSize(1);
		assertThat(this.rule.check(committed(98, new PartitionSetup.Offsets(100, 101), "read_committed"))).hasSize(1);
	}

	@Test
	void ignoresACommittedOffsetThatIsStillThere() {
		assertThat(this.rule.check(committed(100, new PartitionSetup.Offsets(100, 200), "read_uncommitted"))).isEmpty();
	}

	@Test
	void ignoresWhatMayBeNothingButTheEndOfATransaction() {
		assertThat(this.rule.check(committed(99, new PartitionSetup.Offsets(100, 200), "read_uncommitted"))).isEmpty();
		assertThat(this.rule.check(committed(90, new PartitionSetup.Offsets(100, 100), "read_committed"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(observed((consumer) -> consumer.partitionValues("records-lead", 2, 30, 20, 10)
				.partitionValues("records-lag", 2, 900, 900, 900)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("never processed");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("lag of orders-2 in records = 900 (observed while running)",
					"records before the consumer that are still there = 10 (observed while running)",
					"auto.offset.reset = latest (Kafka client default)");
		assertThat(finding.fixes()).hasSize(2)
			.first()
			.satisfies((fix) -> assertThat(fix.text()).contains("--entity-name orders", "retention.ms"));
	}

	@Test
	void saysWhichOffsetIsDeleted() {
		Finding finding = this.rule.check(committed(50, new PartitionSetup.Offsets(100, 200), "read_uncommitted"))
			.get(0);
		assertThat(finding.harm()).contains("have been deleted before");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("committed offset of orders-0 = 50 (topic 'orders')",
					"first offset that is still there = 100 (topic 'orders')",
					"auto.offset.reset = latest (Kafka client default)");
	}

	private static KafkaSetup observed(Consumer<TestActivity.ClientBuilder> customizer) {
		return application().withListener("orders-listener", (listener) -> {
		}).withActivity((activity) -> activity.consumer(customizer)).build();
	}

	private static KafkaSetup committed(long offset, PartitionSetup.Offsets offsets, String isolationLevel) {
		return application()
			.withListener("orders-listener", (listener) -> listener.framework("isolation.level", isolationLevel))
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.offsets = Reading.of(offsets))
				.group("billing", Map.of("orders", Map.of(0, offset))))
			.withActivity((activity) -> {
			})
			.build();
	}

}
