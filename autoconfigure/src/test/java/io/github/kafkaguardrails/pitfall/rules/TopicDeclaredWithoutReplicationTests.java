package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.DeclaredTopicSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicDeclaredWithoutReplication}. */
class TopicDeclaredWithoutReplicationTests {

	private final TopicDeclaredWithoutReplication rule = new TopicDeclaredWithoutReplication();

	@Test
	void flagsOneReplica() {
		assertThat(check(1)).singleElement().satisfies((finding) -> assertThat(finding.severity()).isNull());
	}

	@Test
	void ignoresTwoReplicas() {
		assertThat(check(2)).isEmpty();
	}

	@Test
	void informsWhenTheBrokerDecides() {
		assertThat(check(DeclaredTopicSetup.BROKER_DEFAULT)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.harm()).contains("default.replication.factor");
		});
	}

	@Test
	void ignoresDevelopment() {
		assertThat(this.rule
			.check(application().with((setup) -> setup.development = true).withTopic("orders", 1, Map.of()).build()))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(1).get(0);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("replication factor = 1 (set in code by bean 'ordersTopic')");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains(".replicas(3)"));
	}

	private List<Finding> check(int replicationFactor) {
		return this.rule.check(application().withTopic("orders", replicationFactor, Map.of()).build());
	}

}
