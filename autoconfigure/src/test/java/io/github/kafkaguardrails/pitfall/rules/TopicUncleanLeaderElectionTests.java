package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicUncleanLeaderElection}. */
class TopicUncleanLeaderElectionTests {

	private static final String KEY = "unclean.leader.election.enable";

	private final TopicUncleanLeaderElection rule = new TopicUncleanLeaderElection();

	@Test
	void flagsATopicThatAllowsIt() {
		Finding finding = check((topic) -> topic.set(KEY, "true")).get(0);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("unclean.leader.election.enable = true (topic 'orders')");
		assertThat(finding.harm()).contains("is truncated");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders --delete-config unclean.leader.election.enable"));
	}

	@Test
	void overridesTheBrokersDefault() {
		assertThat(check((topic) -> topic.byDefault(KEY, "true"))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).singleElement()
				.satisfies(
						(fix) -> assertThat(fix.text()).endsWith("--add-config unclean.leader.election.enable=false")));
	}

	@Test
	void ignoresATopicThatDoesNot() {
		assertThat(check((topic) -> topic.set(KEY, "false"))).isEmpty();
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(check((topic) -> topic.configProblem = "no permission")).extracting(Finding::checked)
			.containsExactly(false);
	}

	private List<Finding> check(Consumer<TopicBuilder> topic) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.topic("orders", topic)).build());
	}

}
