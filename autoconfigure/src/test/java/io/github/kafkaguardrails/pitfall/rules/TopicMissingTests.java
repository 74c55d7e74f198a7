package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicMissing}. */
class TopicMissingTests {

	private final TopicMissing rule = new TopicMissing();

	@Test
	void flagsATopicThatAListenerNames() {
		Finding finding = consuming((cluster) -> cluster.missingTopic("orders")).get(0);
		assertThat(finding.checked()).isTrue();
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).singleElement().hasToString("topic = orders (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("may not describe it").contains("waits for it silently");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-topics.sh --bootstrap-server localhost:9092 --create --topic orders"
						+ " --partitions <partitions> --replication-factor 3"),
				Fix.set("spring.kafka.listener.missing-topics-fatal", true));
	}

	@Test
	void flagsATopicThatIsNotAmongTheNames() {
		assertThat(consuming((cluster) -> cluster.otherTopic("payments"))).hasSize(1);
		assertThat(consuming((cluster) -> cluster.otherTopic("orders"))).isEmpty();
	}

	@Test
	void ignoresATopicThatExists() {
		assertThat(consuming((cluster) -> cluster.topic("orders"))).isEmpty();
	}

	@Test
	void flagsTheDefaultTopicOfATemplate() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> producer.defaultTopic("orders"))
			.withCluster((cluster) -> cluster.missingTopic("orders"))
			.build())).singleElement().satisfies((finding) -> {
				assertThat(finding.evidence()).singleElement()
					.hasToString("default-topic = orders (" + TestSetup.FILE + ")");
				assertThat(finding.harm()).contains("blocks the caller for 60000 ms");
				assertThat(finding.fixes()).hasSize(1);
			});
	}

	@Test
	void leavesPatternsAndTopicsOfRetriesToOtherRules() {
		assertThat(
				this.rule.check(
						application()
							.withListener("pattern",
									(listener) -> listener.subscription = new Subscription(List.of(), "orders.*",
											List.of()))
							.withListener("retry", (listener) -> {
								listener.role = ListenerSetup.Role.AUXILIARY;
								listener.subscription = Subscription.ofTopics("orders-retry");
							})
							.withCluster((cluster) -> cluster.missingTopic("orders-retry"))
							.build()))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "oders", "Orders", "or-ders", "ordesr", "orderxy" })
	void suggestsTheNameThatIsMeant(String existing) {
		assertThat(consuming((cluster) -> cluster.missingTopic("orders").otherTopic(existing).otherTopic("payments")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).first()
				.isEqualTo(Fix.action("correct the name, if '" + existing + "' is meant")));
	}

	@ParameterizedTest
	@CsvSource({ "border-x", "payments", "__orders" })
	void suggestsNothingElse(String existing) {
		assertThat(consuming((cluster) -> cluster.missingTopic("orders").otherTopic(existing))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).hasSize(2));
	}

	@Test
	void suggestsLessForAShortName() {
		assertThat(shortName("abd")).hasSize(3);
		assertThat(shortName("axy")).hasSize(2);
	}

	@Test
	void asksForNoMoreReplicasThanBrokers() {
		assertThat(consuming((cluster) -> {
			cluster.missingTopic("orders");
			cluster.brokers = List.of(TestCluster.broker(1));
		}).get(0).fixes().get(0).text()).endsWith("--replication-factor 1");
	}

	@Test
	void suggestsTheNearestName() {
		assertThat(consuming((cluster) -> cluster.missingTopic("orders").otherTopic("orxxrs").otherTopic("ORDERS")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text()).contains("'ORDERS'"));
	}

	@Test
	void isUnknownWhenTheNamesCouldNotBeRead() {
		assertThat(consuming((cluster) -> cluster.topicNamesProblem = "no permission")).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.checked()).isFalse();
				assertThat(finding.harm()).contains("no permission");
			});
	}

	@Test
	void isUnknownWhenTheTopicMayNotBeDescribed() {
		assertThat(consuming((cluster) -> cluster.unreadableTopic("orders", "TopicAuthorizationException")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.checked()).isFalse();
				assertThat(finding.harm()).contains("TopicAuthorizationException");
			});
	}

	private List<Fix> shortName(String existing) {
		return this.rule
			.check(application().withListener("one", (listener) -> listener.subscription = Subscription.ofTopics("abc"))
				.withCluster((cluster) -> cluster.missingTopic("abc").otherTopic(existing))
				.build())
			.get(0)
			.fixes();
	}

	private List<Finding> consuming(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withListener("orders-listener", (listener) -> {
		}).withCluster(cluster).build());
	}

}
