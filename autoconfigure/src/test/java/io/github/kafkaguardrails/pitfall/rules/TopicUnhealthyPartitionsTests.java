package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicUnhealthyPartitions}. */
class TopicUnhealthyPartitionsTests {

	private final TopicUnhealthyPartitions rule = new TopicUnhealthyPartitions();

	@Test
	void flagsPartitionsWithoutALeader() {
		Finding finding = check((topic) -> {
			topic.leader = null;
			topic.inSync = List.of(3);
		}).get(0);
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.subject()).hasToString("cluster 'localhost:9092'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("partitions = 0, 1, 2 (topic 'orders')");
		assertThat(finding.harm()).contains("no leader");
		assertThat(finding.fixes())
			.containsExactly(Fix.action("look at the brokers whose replicas are not in sync: 1, 2"));
	}

	@Test
	void flagsPartitionsThatRefuseWrites() {
		assertThat(check((topic) -> topic.inSync = List.of(1))).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.harm()).contains("sends with acks=all fail");
		});
	}

	@Test
	void onlyMentionsUnderReplicatedPartitions() {
		assertThat(check((topic) -> topic.inSync = List.of(1, 2))).extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	@Test
	void ignoresHealthyPartitions() {
		assertThat(check((topic) -> {
		})).isEmpty();
	}

	@Test
	void neverAsksForMoreInSyncReplicasThanThereAre() {
		assertThat(check((topic) -> {
			topic.replicas = List.of(1);
			topic.inSync = List.of(1);
		})).isEmpty();
	}

	@Test
	void putsManyTopicsIntoOneFinding() {
		String[] names = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
		assertThat(this.rule
			.check(application().withListener("one", (listener) -> listener.subscription = Subscription.ofTopics(names))
				.withCluster((cluster) -> List.of(names)
					.forEach((name) -> cluster.topic(name, (topic) -> topic.inSync = List.of(1, 2))))
				.build()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).hasSize(11)
				.last()
				.hasToString("more topics = 2 (cluster 'localhost:9092')"));
	}

	private List<Finding> check(Consumer<TopicBuilder> topic) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.topic("orders", topic)).build());
	}

}
