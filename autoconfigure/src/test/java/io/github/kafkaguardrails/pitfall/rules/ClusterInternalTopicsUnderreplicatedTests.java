package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterInternalTopicsUnderreplicated}. */
class ClusterInternalTopicsUnderreplicatedTests {

	private final ClusterInternalTopicsUnderreplicated rule = new ClusterInternalTopicsUnderreplicated();

	@Test
	void flagsInternalTopicsWithTooFewCopies() {
		Finding finding = check(ClusterInternalTopicsUnderreplicatedTests::weak).get(0);
		assertThat(finding.severity()).isNull();
		assertThat(finding.subject()).hasToString("cluster 'localhost:9092'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("replication factor = 1 (topic '__consumer_offsets')",
					"replication factor = 2 (topic '__transaction_state')");
		assertThat(finding.harm()).contains("committed offsets of every group");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).startsWith(
					"write 3 replicas for each partition of __consumer_offsets, __transaction_state into plan.json, "
							+ "then kafka-reassign-partitions.sh --bootstrap-server localhost:9092"));
	}

	@Test
	void ignoresThreeCopiesAndTopicsOfApplications() {
		assertThat(check((cluster) -> cluster.topic("__consumer_offsets")
			.missingTopic("__transaction_state")
			.topic("orders", (topic) -> topic.replicas = List.of(1)))).isEmpty();
	}

	@Test
	void onlyMentionsASmallCluster() {
		assertThat(check((cluster) -> {
			cluster.brokers = List.of(TestCluster.broker(1), TestCluster.broker(2));
			weak(cluster);
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.evidence()).singleElement().hasToString("brokers = 2 (cluster 'localhost:9092')");
		});
	}

	@Test
	void isSilentWhenTheTopicsAreNotSeen() {
		assertThat(check((cluster) -> cluster.brokers = List.of(TestCluster.broker(1)))).isEmpty();
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application().withCluster(ClusterInternalTopicsUnderreplicatedTests::weak);
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	private static void weak(TestCluster cluster) {
		cluster.topic("__consumer_offsets", (topic) -> topic.replicas = List.of(1))
			.topic("__transaction_state", (topic) -> topic.replicas = List.of(1, 2));
	}

	private List<Finding> check(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withCluster(cluster).build());
	}

}
