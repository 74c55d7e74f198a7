package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicAutoCreationEnabled}. */
class TopicAutoCreationEnabledTests {

	private final TopicAutoCreationEnabled rule = new TopicAutoCreationEnabled();

	@Test
	void flagsABrokerThatCreatesTopics() {
		Finding finding = check((cluster) -> cluster.brokerDefault("auto.create.topics.enable", "true")
			.broker("default.replication.factor", "2")).get(0);
		assertThat(finding.subject()).hasToString("cluster 'localhost:9092'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("auto.create.topics.enable = true (broker default)", "num.partitions = 1 (broker default)",
					"default.replication.factor = 2 (broker 1)");
		assertThat(finding.harm()).contains("A typo in a name becomes a topic");
		assertThat(finding.fixes())
			.containsExactly(Fix.action("set auto.create.topics.enable=false in the configuration of the brokers"));
	}

	@Test
	void ignoresABrokerThatDoesNot() {
		assertThat(check((cluster) -> cluster.broker("auto.create.topics.enable", "false"))).isEmpty();
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application()
			.withCluster((cluster) -> cluster.broker("auto.create.topics.enable", "true"));
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	@Test
	void isUnknownWhenTheBrokersDoNotShowTheirConfiguration() {
		assertThat(check((cluster) -> cluster.brokerConfigProblem = "ClusterAuthorizationException")).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.checked()).isFalse();
				assertThat(finding.harm()).contains("ClusterAuthorizationException");
			});
	}

	private List<Finding> check(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withCluster(cluster).build());
	}

}
