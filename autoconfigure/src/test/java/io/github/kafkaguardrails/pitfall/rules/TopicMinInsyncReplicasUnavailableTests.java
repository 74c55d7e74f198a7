package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicMinInsyncReplicasUnavailable}. */
class TopicMinInsyncReplicasUnavailableTests {

	private final TopicMinInsyncReplicasUnavailable rule = new TopicMinInsyncReplicasUnavailable();

	@ParameterizedTest
	@CsvSource({ "3,3,Every copy must be in sync", "3,2,", "2,2,Every copy must be in sync", "1,1,",
			"1,2,fewer copies than must be in sync", "2,3,fewer copies than must be in sync" })
	void comparesWithTheReplicas(int replicas, int inSync, String harm) {
		List<Finding> findings = check(replicas, inSync);
		assertThat(findings).hasSize((harm != null) ? 1 : 0)
			.allSatisfy((finding) -> assertThat(finding.harm()).contains(harm));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(3, 3).get(0);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("min.insync.replicas = 3 (topic 'orders')",
					"replication factor = 3 (cluster 'localhost:9092')");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders --add-config min.insync.replicas=2"));
		assertThat(check(2, 2).get(0).fixes())
			.containsExactly(Fix.action("give each partition of orders three replicas "
					+ "(kafka-reassign-partitions.sh), and min.insync.replicas=2"));
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.configProblem = "no permission")).build()))
			.extracting(Finding::checked)
			.containsExactly(false);
	}

	private List<Finding> check(int replicas, int inSync) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.topic("orders", (topic) -> {
			topic.replicas = List.of(1, 2, 3).subList(0, replicas);
			topic.set("min.insync.replicas", String.valueOf(inSync));
		})).build());
	}

}
