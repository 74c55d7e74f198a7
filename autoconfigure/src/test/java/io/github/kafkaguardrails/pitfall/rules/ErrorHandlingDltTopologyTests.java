package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingDltTopology}. */
class ErrorHandlingDltTopologyTests {

	private static final Map<String, String> GOOD = Map.of("retention.ms", "2592000000");

	private final ErrorHandlingDltTopology rule = new ErrorHandlingDltTopology();

	@Test
	void ignoresATopicThatIsAsGoodAsItsSource() {
		assertThat(check(Kind.DEAD_LETTER, GOOD, (topic) -> {
		})).isEmpty();
	}

	@Test
	void mentionsFewerPartitions() {
		Finding finding = check(Kind.DEAD_LETTER, GOOD, (topic) -> topic.partitions = 2).get(0);
		assertThat(finding.severity()).isEqualTo(Severity.INFO);
		assertThat(finding.subject()).hasToString("topic 'orders-dlt'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("partitions = 2 (topic 'orders-dlt')", "partitions = 3 (topic 'orders')");
		assertThat(finding.harm()).contains("cannot keep its partition");
		assertThat(finding.fixes()).containsExactly(Fix
			.action("kafka-topics.sh --bootstrap-server localhost:9092 --alter --topic orders-dlt --partitions 3"));
	}

	@Test
	void leavesPartitionsThatKafkaGuardrailsAdds() {
		assertThat(check(Kind.GUARDRAILS, GOOD, (topic) -> topic.partitions = 2)).isEmpty();
	}

	@Test
	void warnsOfCompaction() {
		Finding finding = check(Kind.GUARDRAILS, GOOD, (topic) -> topic.set("cleanup.policy", "compact,delete")).get(0);
		assertThat(finding.severity()).isNull();
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("cleanup.policy = compact,delete (topic 'orders-dlt')");
		assertThat(finding.harm()).contains("the last dead letter of each key only");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders-dlt --add-config retention.ms=2592000000,cleanup.policy=delete"));
	}

	@ParameterizedTest
	@CsvSource({ "604800000,604800000,true", "604800001,604800001,false", "604800000,604799999,false", "1000,-1,true",
			"-1,-1,false", "0,604800000,true" })
	void mentionsARetentionThatIsNoLongerThanTheSources(String retention, String source, boolean flagged) {
		List<Finding> findings = this.rule.check(
				setup(Kind.DEAD_LETTER)
					.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.set("retention.ms", source))
						.topic("orders-dlt", (topic) -> topic.set("retention.ms", retention)))
					.build());
		assertThat(findings).extracting(Finding::severity).isEqualTo(flagged ? List.of(Severity.INFO) : List.of());
	}

	@Test
	void warnsOfFewerReplicas() {
		assertThat(check(Kind.DEAD_LETTER, GOOD, (topic) -> topic.replicas = List.of(1, 2))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isNull();
				assertThat(finding.evidence()).extracting(Object::toString)
					.containsExactly("replication factor = 2 (topic 'orders-dlt')",
							"replication factor = 3 (topic 'orders')");
			});
	}

	@Test
	void saysItOnceForListenersOfOneTopic() {
		assertThat(this.rule.check(setup(Kind.DEAD_LETTER)
			.withListener("two", (listener) -> listener.errorHandling = handling(Kind.DEAD_LETTER))
			.withCluster((cluster) -> cluster.topic("orders").topic("orders-dlt"))
			.build())).hasSize(1);
	}

	@Test
	void leavesMissingTopicsToTheirOwnRules() {
		assertThat(this.rule
			.check(setup(Kind.DEAD_LETTER).withCluster((cluster) -> cluster.topic("orders").missingTopic("orders-dlt"))
				.build()))
			.isEmpty();
		assertThat(this.rule
			.check(setup(Kind.DEAD_LETTER).withCluster((cluster) -> cluster.missingTopic("orders").topic("orders-dlt"))
				.build()))
			.isEmpty();
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(check(Kind.DEAD_LETTER, Map.of(), (topic) -> topic.configProblem = "no permission"))
			.extracting(Finding::checked)
			.containsExactly(false);
	}

	private List<Finding> check(Kind kind, Map<String, String> config, Consumer<TopicBuilder> deadLetter) {
		return this.rule
			.check(setup(kind).withCluster((cluster) -> cluster.topic("orders").topic("orders-dlt", (topic) -> {
				config.forEach(topic::set);
				deadLetter.accept(topic);
			})).build());
	}

	private static TestSetup setup(Kind kind) {
		return application().withListener("one", (listener) -> listener.errorHandling = handling(kind));
	}

	private static ErrorHandlingSetup handling(Kind kind) {
		return new ErrorHandlingSetup(kind, "then dead-letter", null, new DeadLetterSetup("<topic>-dlt", null, null),
				List.of());
	}

}
