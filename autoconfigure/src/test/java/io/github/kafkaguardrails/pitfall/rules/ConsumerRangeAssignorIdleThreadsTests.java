package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerRangeAssignorIdleThreads}. */
class ConsumerRangeAssignorIdleThreadsTests {

	private static final String RANGE = "org.apache.kafka.clients.consumer.RangeAssignor";

	private static final String STICKY = "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

	private final ConsumerRangeAssignorIdleThreads rule = new ConsumerRangeAssignorIdleThreads();

	@ParameterizedTest
	@CsvSource({ "5,false", "6,true", "8,true", "9,false" })
	void comparesThreadsWithTheLargestTopic(int threads, boolean flagged) {
		assertThat(check((listener) -> listener.concurrency = threads).size()).isEqualTo(flagged ? 1 : 0);
	}

	@Test
	void dependsOnTheFirstAssignorOfTheClassicProtocol() {
		assertThat(check((listener) -> listener.code("partition.assignment.strategy", RANGE))).hasSize(1);
		assertThat(check((listener) -> listener.code("partition.assignment.strategy", List.of(STICKY, RANGE))))
			.isEmpty();
		assertThat(check((listener) -> listener.code("group.protocol", "consumer"))).isEmpty();
	}

	@Test
	void ignoresOneTopicAndTopicsThatAreMissing() {
		assertThat(check((listener) -> listener.subscription = Subscription.ofTopics("orders"))).isEmpty();
		assertThat(check((listener) -> listener.subscription = Subscription.ofTopics("orders", "payments", "missing")))
			.isEmpty();
	}

	@Test
	void seesTheTopicsOfAPattern() {
		assertThat(
				check((listener) -> listener.subscription = new Subscription(List.of(), "orders|payments", List.of())))
			.hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.harm()).startsWith("3 of its 8 threads stay idle").contains("more than 5 partitions");
		assertThat(finding.evidence()).extracting(Object::toString)
			.contains("concurrency = 8 (com.example.Orders#handle)",
					"partitions of 2 topics = 8 (cluster 'localhost:9092')");
		assertThat(finding.fixes()).first()
			.isEqualTo(Fix.set("spring.kafka.consumer.properties.group.protocol", "consumer"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withListener("one", (listener) -> {
			listener.subscription = Subscription.ofTopics("orders", "payments");
			listener.concurrency = 8;
			customizer.accept(listener);
		})
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.partitions = 5)
				.topic("payments", (topic) -> topic.partitions = 3))
			.build());
	}

}
