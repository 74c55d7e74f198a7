package io.github.kafkaguardrails.pitfall.rules;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerLagGrowing}. */
class ConsumerLagGrowingTests {

	private final ConsumerLagGrowing rule = new ConsumerLagGrowing();

	@Test
	void flagsALagThatGrewFiveTimes() {
		assertThat(this.rule
			.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 100, 200, 300, 400, 1000))))
			.hasSize(1);
	}

	@Test
	void ignoresALagThatIsStillSmall() {
		assertThat(this.rule
			.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 100, 200, 300, 400, 999)))).isEmpty();
	}

	@Test
	void ignoresALagThatShrankInBetween() {
		assertThat(this.rule
			.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 100, 5000, 4999, 6000, 7000))))
			.isEmpty();
	}

	@Test
	void ignoresAPartitionThatIsNew() {
		assertThat(
				this.rule.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 1000, 2000, 3000, 4000)
					.partitionValues("records-lag", 1, 0, 0, 0, 0, 0))))
			.isEmpty();
	}

	@Test
	void flagsAPositionThatHasNotMovedForFiveMinutes() {
		assertThat(this.rule.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 1, 1, 1, 2, 2, 2)
			.partitionValues("records-lead", 0, 40, 40, 40, 40, 40, 40)))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("has not moved for five minutes"));
	}

	@Test
	void ignoresAPositionThatMoves() {
		assertThat(this.rule.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 1, 1, 1, 2, 2, 2)
			.partitionValues("records-lead", 0, 40, 40, 40, 41, 41, 41)))).isEmpty();
	}

	@Test
	void ignoresAPositionAtTheEndOfItsPartition() {
		assertThat(this.rule.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 1, 1, 0, 0, 0, 0)
			.partitionValues("records-lead", 0, 40, 40, 40, 40, 40, 40)))).isEmpty();
	}

	@Test
	void ignoresAPositionThatHasNotMovedForLess() {
		assertThat(this.rule.check(setup((consumer) -> consumer.partitionValues("records-lag", 0, 1, 1, 1, 2, 2)
			.partitionValues("records-lead", 0, 40, 40, 40, 40, 40)))).isEmpty();
	}

	@Test
	void ignoresListenersThatArePausedAndRetryTopics() {
		assertThat(this.rule.check(application().withListener("orders-listener", (listener) -> {
		})
			.withActivity(
					(activity) -> activity.consumer(ConsumerLagGrowingTests::growing).container(true, true, true, null))
			.build())).isEmpty();
		assertThat(this.rule.check(application()
			.withListener("orders-listener", (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)
			.withActivity((activity) -> activity.consumer(ConsumerLagGrowingTests::growing))
			.build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(setup(
					(consumer) -> growing(consumer).partitionValues("records-lag", 2, 5001, 5002, 5003, 5004, 5005)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("arrive faster");
		assertThat(finding.evidence()).singleElement()
			.hasToString("lag of orders-2 in records = 5005 (observed while running)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("add consumers"));
	}

	private static TestActivity.ClientBuilder growing(TestActivity.ClientBuilder consumer) {
		return consumer.partitionValues("records-lag", 0, 1001, 1002, 1003, 1004, 1005);
	}

	private static KafkaSetup setup(Consumer<TestActivity.ClientBuilder> customizer) {
		return application().withListener("orders-listener", (listener) -> {
		}).withActivity((activity) -> activity.consumer(customizer).container(true, true, false, null)).build();
	}

}
