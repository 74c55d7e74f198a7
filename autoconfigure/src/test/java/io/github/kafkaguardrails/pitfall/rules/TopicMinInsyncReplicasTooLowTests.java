package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicMinInsyncReplicasTooLow}. */
class TopicMinInsyncReplicasTooLowTests {

	private final TopicMinInsyncReplicasTooLow rule = new TopicMinInsyncReplicasTooLow();

	@Test
	void warnsOfATopicThatIsWrittenWithAllAcks() {
		Finding finding = this.rule.check(producing("all", TopicMinInsyncReplicasTooLowTests::weak)).get(0);
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).singleElement().hasToString("min.insync.replicas = 1 (topic 'orders')");
		assertThat(finding.harm()).contains("writes with acks=all").contains("acknowledged records are lost");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders --add-config min.insync.replicas=2"));
	}

	@Test
	void mentionsATopicThatIsOnlyConsumedOrWrittenWithFewerAcks() {
		assertThat(this.rule.check(consuming(TopicMinInsyncReplicasTooLowTests::weak))).extracting(Finding::severity)
			.containsExactly(Severity.INFO);
		assertThat(this.rule.check(producing("1", TopicMinInsyncReplicasTooLowTests::weak)))
			.extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	@Test
	void warnsOfADeadLetterTopic() {
		assertThat(
				this.rule.check(application().withListener("one", (listener) -> listener.errorHandling = deadLetter())
					.withCluster((cluster) -> cluster.topic("orders")
						.topic("orders-dlt", (topic) -> topic.set("min.insync.replicas", "1")))
					.build()))
			.extracting(Finding::severity)
			.containsExactly(Severity.WARNING);
	}

	@Test
	void ignoresTwoInSyncReplicasAndASingleReplica() {
		assertThat(this.rule.check(producing("all", (cluster) -> cluster.topic("orders")))).isEmpty();
		assertThat(this.rule.check(producing("all", (cluster) -> cluster.topic("orders", (topic) -> {
			topic.set("min.insync.replicas", "1");
			topic.replicas = List.of(1);
		})))).isEmpty();
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application().withProducer("producer", (producer) -> producer.defaultTopic("orders"))
			.withCluster(TopicMinInsyncReplicasTooLowTests::weak);
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	@Test
	void mendsTopicsWithTheBrokersDefaultTogether() {
		List<Finding> findings = this.rule.check(application()
			.withListener("one", (listener) -> listener.subscription = Subscription.ofTopics("orders", "payments"))
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.byDefault("min.insync.replicas", "1"))
				.topic("payments", (topic) -> topic.byDefault("min.insync.replicas", "1")))
			.build());
		assertThat(findings).hasSize(2).allSatisfy((finding) -> {
			assertThat(finding.evidence()).singleElement().hasToString("min.insync.replicas = 1 (broker default)");
			assertThat(finding.fixes()).containsExactly(Fix
				.action("for topic in orders payments; do kafka-configs.sh --bootstrap-server localhost:9092 --alter "
						+ "--entity-type topics --entity-name $topic --add-config min.insync.replicas=2; done"));
		});
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(this.rule
			.check(consuming((cluster) -> cluster.topic("orders", (topic) -> topic.configProblem = "no permission"))))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.checked()).isFalse();
				assertThat(finding.harm()).contains("no permission");
			});
	}

	private static void weak(TestCluster cluster) {
		cluster.topic("orders", (topic) -> topic.set("min.insync.replicas", "1"));
	}

	private static ErrorHandlingSetup deadLetter() {
		return new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS, "then dead-letter", null,
				new DeadLetterSetup("<topic>-dlt", null, null), List.of());
	}

	private static KafkaSetup consuming(Consumer<TestCluster> cluster) {
		return application().withListener("one", (listener) -> {
		}).withCluster(cluster).build();
	}

	private static KafkaSetup producing(String acks, Consumer<TestCluster> cluster) {
		return application().withProducer("producer", (producer) -> producer.defaultTopic("orders").code("acks", acks))
			.withCluster(cluster)
			.build();
	}

}
