package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetryTopicsInCluster}. */
class RetryTopicsInClusterTests {

	@Test
	void flagsAMissingRetryTopic() {
		Finding finding = check(Kind.RETRY_TOPIC, (cluster) -> cluster.topic("orders").missingTopic("orders-retry"))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'one-retry'");
		assertThat(finding.evidence()).singleElement().hasToString("topic = orders-retry (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("may not describe it");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-topics.sh --bootstrap-server localhost:9092 --create --topic orders-retry"
						+ " --partitions 3 --replication-factor 3"));
	}

	@Test
	void flagsOnePartitionForRetriesOfMore() {
		Finding finding = check(Kind.RETRY_TOPIC,
				(cluster) -> cluster.topic("orders").topic("orders-retry", (topic) -> topic.partitions = 1))
			.get(0);
		assertThat(finding.subject()).hasToString("topic 'orders-retry'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("partitions = 1 (topic 'orders-retry')", "partitions = 3 (topic 'orders')");
		assertThat(finding.harm()).startsWith("All retries of 3 partitions go through one");
		assertThat(finding.fixes()).containsExactly(Fix
			.action("kafka-topics.sh --bootstrap-server localhost:9092 --alter --topic orders-retry --partitions 3"));
	}

	@Test
	void ignoresRetryTopicsOfTheSameSize() {
		assertThat(check(Kind.RETRY_TOPIC, (cluster) -> cluster.topic("orders", (topic) -> topic.partitions = 1)
			.topic("orders-retry", (topic) -> topic.partitions = 1))).isEmpty();
		assertThat(check(Kind.RETRY_TOPIC,
				(cluster) -> cluster.topic("orders").topic("orders-retry", (topic) -> topic.partitions = 2)))
			.isEmpty();
	}

	@Test
	void comparesWithTheLongestNameThatFits() {
		assertThat(RetryTopicsInCluster.findings(setup(Kind.RETRY_TOPIC)
			.withListener("longer", (listener) -> listener.subscription = Subscription.ofTopics("orders-re"))
			.withCluster((cluster) -> cluster.topic("orders")
				.topic("orders-re", (topic) -> topic.partitions = 1)
				.topic("orders-retry", (topic) -> topic.partitions = 1))
			.build())).isEmpty();
	}

	@Test
	void comparesWithItsOwnSourceOnly() {
		assertThat(RetryTopicsInCluster.findings(setup(Kind.RETRY_TOPIC)
			.withListener("payments", (listener) -> listener.subscription = Subscription.ofTopics("many-payments"))
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.partitions = 1)
				.topic("many-payments")
				.topic("orders-retry", (topic) -> topic.partitions = 1))
			.build())).isEmpty();
	}

	@Test
	void ignoresWhatKafkaGuardrailsCreatesItself() {
		assertThat(check(Kind.GUARDRAILS, (cluster) -> cluster.topic("orders").missingTopic("orders-retry"))).isEmpty();
		assertThat(RetryTopicsInCluster
			.findings(setup(Kind.GUARDRAILS).withProperty("kafka.guardrails.topics.provisioning", "none")
				.withCluster((cluster) -> cluster.topic("orders").missingTopic("orders-retry"))
				.build()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).last()
				.isEqualTo(Fix.set("kafka.guardrails.topics.provisioning", "create")));
	}

	@Test
	void isUnknownWhenTheNamesCouldNotBeRead() {
		assertThat(check(Kind.RETRY_TOPIC, (cluster) -> {
			cluster.topic("orders");
			cluster.topicNamesProblem = "no permission";
		})).extracting(Finding::checked).containsExactly(false);
	}

	private static List<Finding> check(Kind kind, Consumer<TestCluster> cluster) {
		return RetryTopicsInCluster.findings(setup(kind).withCluster(cluster).build()).toList();
	}

	private static TestSetup setup(Kind kind) {
		return application().withListener("one", (listener) -> {
		}).withListener("one-retry", (listener) -> {
			listener.role = ListenerSetup.Role.AUXILIARY;
			listener.subscription = Subscription.ofTopics("orders-retry");
			listener.errorHandling = ErrorHandlingSetup.of(kind, "retry topics");
		});
	}

}
