package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingDltMissing}. */
class ErrorHandlingDltMissingTests {

	private static final String PROVISIONING = "kafka.guardrails.topics.provisioning";

	private final ErrorHandlingDltMissing rule = new ErrorHandlingDltMissing();

	@Test
	void flagsAMissingDeadLetterTopic() {
		Finding finding = check(Kind.DEAD_LETTER, (cluster) -> cluster.missingTopic("orders-dlt")).get(0);
		assertThat(finding.severity()).isNull();
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("dead-letter topic = orders-dlt (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("may not describe it").contains("delivered for ever");
		assertThat(finding.fixes())
			.containsExactly(Fix.action("kafka-topics.sh --bootstrap-server localhost:9092 --create --topic orders-dlt"
					+ " --partitions 3 --replication-factor 3"));
	}

	@Test
	void ignoresADeadLetterTopicThatExists() {
		assertThat(check(Kind.DEAD_LETTER, (cluster) -> cluster.topic("orders-dlt"))).isEmpty();
	}

	@Test
	void onlyMentionsATopicThatTheBrokerCreates() {
		assertThat(check(Kind.DEAD_LETTER,
				(cluster) -> cluster.missingTopic("orders-dlt").brokerDefault("auto.create.topics.enable", "true")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.INFO);
				assertThat(finding.harm()).contains("The broker will create it");
			});
	}

	@Test
	void isUnknownWhenTheBrokersMayCreateIt() {
		assertThat(check(Kind.DEAD_LETTER, (cluster) -> {
			cluster.missingTopic("orders-dlt");
			cluster.brokerConfigProblem = "no permission";
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.checked()).isFalse();
			assertThat(finding.harm()).contains("'orders-dlt' does not exist").contains("no permission");
		});
	}

	@Test
	void isUnknownWhenTheNamesCouldNotBeRead() {
		assertThat(check(Kind.DEAD_LETTER, (cluster) -> cluster.topicNamesProblem = "no permission")).singleElement()
			.satisfies((finding) -> assertThat(finding.checked()).isFalse());
	}

	@Test
	void knowsTheFormerSuffix() {
		assertThat(check(Kind.DEAD_LETTER, (cluster) -> cluster.missingTopic("orders-dlt").topic("orders.DLT")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).last()
				.satisfies(
						(fix) -> assertThat(fix.text()).contains("'orders.DLT'").contains("since Spring Kafka 3.3")));
	}

	@Test
	void ignoresTopicsThatCodeChooses() {
		assertThat(this.rule.check(application()
			.withListener("one",
					(listener) -> listener.errorHandling = handling(Kind.DEAD_LETTER,
							DeadLetterSetup.TOPIC_SET_IN_CODE))
			.withCluster((cluster) -> cluster.topic("orders"))
			.build())).isEmpty();
	}

	@Test
	void leavesAMissingSourceToItsOwnRule() {
		assertThat(this.rule.check(application()
			.withListener("one", (listener) -> listener.errorHandling = handling(Kind.DEAD_LETTER, "<topic>-dlt"))
			.withCluster((cluster) -> cluster.missingTopic("orders"))
			.build())).isEmpty();
	}

	@Test
	void leavesATemplateThatMayTalkToAnotherCluster() {
		assertThat(this.rule.check(application()
			.withListener("one", (listener) -> listener.errorHandling = handling(Kind.DEAD_LETTER, "<topic>-dlt"))
			.withCluster((cluster) -> cluster.topic("orders"))
			.withCluster((cluster) -> cluster.bootstrapServers = Set.of("other:9092"))
			.build())).isEmpty();
	}

	@Test
	void ignoresWhatKafkaGuardrailsCreatesItself() {
		assertThat(check(Kind.GUARDRAILS, (cluster) -> cluster.missingTopic("orders-dlt"))).isEmpty();
		assertThat(guardrails("create", "false")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "VERIFY" })
	void flagsWhatKafkaGuardrailsMayNotCreate(String provisioning) {
		assertThat(guardrails(provisioning, "false")).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("stops the listener");
			assertThat(finding.fixes()).last().isEqualTo(Fix.set(PROVISIONING, "create"));
		});
	}

	@Test
	void knowsThatVerifyDoesNotWaitForTheBrokerToCreateIt() {
		assertThat(guardrails("verify", "true")).extracting(Finding::severity).containsOnlyNulls();
		assertThat(guardrails("none", "true")).extracting(Finding::severity).containsExactly(Severity.INFO);
	}

	private List<Finding> guardrails(String provisioning, String autoCreation) {
		return this.rule.check(application().withProperty(PROVISIONING, provisioning)
			.withListener("one", (listener) -> listener.errorHandling = handling(Kind.GUARDRAILS, "<topic>-dlt"))
			.withCluster((cluster) -> cluster.topic("orders").broker("auto.create.topics.enable", autoCreation))
			.build());
	}

	private List<Finding> check(Kind kind, Consumer<TestCluster> cluster) {
		TestSetup application = application()
			.withListener("one", (listener) -> listener.errorHandling = handling(kind, "<topic>-dlt"))
			.withCluster(cluster.andThen((built) -> built.topic("orders")));
		return this.rule.check(application.build());
	}

	private static ErrorHandlingSetup handling(Kind kind, String topic) {
		return new ErrorHandlingSetup(kind, "then dead-letter", null, new DeadLetterSetup(topic, null, null),
				List.of());
	}

}
