package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecurityMissingAcl}. */
class SecurityMissingAclTests {

	private final SecurityMissingAcl rule = new SecurityMissingAcl();

	@Test
	void flagsAConsumedTopicWithoutTheRightToRead() {
		Finding finding = consuming((cluster) -> allow(cluster, "orders", "WRITE", "DESCRIBE")).get(0);
		assertThat(finding.checked()).isTrue();
		assertThat(finding.severity()).isNull();
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("allowed operations = DESCRIBE, WRITE (topic 'orders')");
		assertThat(finding.harm()).contains("its container stops");
		assertThat(finding.fixes()).containsExactly(Fix.action("kafka-acls.sh --bootstrap-server localhost:9092 --add "
				+ "--allow-principal User:<principal> --operation Read --topic orders"));
	}

	@Test
	void ignoresWhatIsAllowed() {
		assertThat(consuming((cluster) -> allow(cluster, "orders", "READ"))).isEmpty();
		assertThat(consuming((cluster) -> allow(cluster, "orders", "ALL"))).isEmpty();
		assertThat(consuming((cluster) -> cluster.topic("orders"))).isEmpty();
	}

	@Test
	void flagsAProducedTopicWithoutTheRightToWrite() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> producer.defaultTopic("orders"))
			.withCluster((cluster) -> allow(cluster, "orders", "READ"))
			.build())).singleElement().satisfies((finding) -> {
				assertThat(finding.harm()).contains("Each send fails");
				assertThat(finding.fixes().get(0).text()).endsWith("--operation Write --topic orders");
			});
	}

	@Test
	void flagsADeadLetterTopicWithoutTheRightToWrite() {
		assertThat(this.rule.check(application()
			.withListener("one",
					(listener) -> listener.errorHandling = new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS,
							"then dead-letter", null, new DeadLetterSetup("<topic>-dlt", null, null), List.of()))
			.withCluster((cluster) -> allow(allow(cluster, "orders", "READ"), "orders-dlt", "READ"))
			.build())).extracting(Finding::subject).extracting(Object::toString).containsExactly("topic 'orders-dlt'");
	}

	@Test
	void flagsAGroupThatMayNotBeUsed() {
		assertThat(consuming((cluster) -> allow(cluster, "orders", "READ")
			.group(new GroupSetup("billing", Reading.of(Map.of()), Reading.of(Set.of("DESCRIBE")))))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.subject()).hasToString("group 'billing'");
				assertThat(finding.fixes().get(0).text()).endsWith("--operation Read --group billing");
			});
	}

	@Test
	void flagsATopicThatMayNotEvenBeDescribed() {
		assertThat(consuming((cluster) -> cluster.unreadableTopic("orders", "TopicAuthorizationException")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.checked()).isTrue();
				assertThat(finding.evidence()).singleElement()
					.hasToString("allowed operations = none (topic 'orders')");
				assertThat(finding.fixes().get(0).text()).endsWith("--operation Read --topic orders");
			});
		assertThat(consuming((cluster) -> cluster.unreadableTopic("orders", "TimeoutException"))).isEmpty();
		assertThat(consuming((cluster) -> cluster.unreadableTopic("foreign", "TopicAuthorizationException"))).isEmpty();
	}

	@Test
	void flagsAGroupThatMayNotEvenBeDescribed() {
		assertThat(consuming((cluster) -> cluster.topic("orders")
			.group(new GroupSetup("billing", Reading.unknown("GroupAuthorizationException"),
					Reading.unknown("GroupAuthorizationException")))))
			.extracting(Finding::subject)
			.extracting(Object::toString)
			.containsExactly("group 'billing'");
	}

	@Test
	void isUnknownWhenTheAnswerIsEmpty() {
		assertThat(consuming((cluster) -> allow(cluster, "orders"))).extracting(Finding::checked)
			.containsExactly(false);
	}

	@Test
	void isUnknownWhenClientsHaveDifferentCredentials() {
		TestSetup application = application()
			.withListener("one", (listener) -> listener.code("sasl.jaas.config", "user one"))
			.withAdmin("admin",
					(admin) -> admin.code("bootstrap.servers", "localhost:9092").code("sasl.jaas.config", "user two"))
			.withCluster((cluster) -> allow(cluster, "orders", "WRITE"));
		assertThat(this.rule.check(application.build())).singleElement().satisfies((finding) -> {
			assertThat(finding.checked()).isFalse();
			assertThat(finding.harm()).contains("different credentials").doesNotContain("user");
		});
	}

	@Test
	void comparesNothingButCredentials() {
		assertThat(
				this.rule.check(
						application()
							.withListener("one",
									(listener) -> listener.code("sasl.jaas.config", "user one")
										.code("client.id", "one"))
							.withAdmin("admin",
									(admin) -> admin.code("bootstrap.servers", "localhost:9092")
										.code("sasl.jaas.config", "user one"))
							.withCluster((cluster) -> allow(cluster, "orders", "WRITE"))
							.build()))
			.extracting(Finding::checked)
			.containsExactly(true);
	}

	@Test
	void saysItOnceForListenersOfOneGroup() {
		assertThat(this.rule.check(application().withListener("one", (listener) -> {
		}).withListener("two", (listener) -> {
		})
			.withCluster((cluster) -> cluster.topic("orders")
				.group(new GroupSetup("billing", Reading.of(Map.of()), Reading.of(Set.of("DESCRIBE")))))
			.build())).hasSize(1);
	}

	@Test
	void needsNoRightToAGroupForAssignedPartitions() {
		assertThat(
				this.rule.check(application()
					.withListener("one",
							(listener) -> listener.subscription = new Subscription(List.of(), null,
									List.of("orders-0")))
					.withCluster((cluster) -> cluster.topic("orders")
						.group(new GroupSetup("billing", Reading.of(Map.of()), Reading.of(Set.of("DESCRIBE")))))
					.build()))
			.isEmpty();
	}

	private static TestCluster allow(TestCluster cluster, String topic, String... operations) {
		return cluster.topic(topic, (builder) -> builder.operations = Reading.of(Set.of(operations)));
	}

	private List<Finding> consuming(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster(cluster).build());
	}

}
