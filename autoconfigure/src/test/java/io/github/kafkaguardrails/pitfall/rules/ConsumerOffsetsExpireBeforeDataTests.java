package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerOffsetsExpireBeforeData}. */
class ConsumerOffsetsExpireBeforeDataTests {

	private static final String PROPERTY = "spring.kafka.consumer.auto-offset-reset";

	private final ConsumerOffsetsExpireBeforeData rule = new ConsumerOffsetsExpireBeforeData();

	@ParameterizedTest
	@CsvSource({ "604800000,delete,false", "604800001,delete,true", "-1,delete,true", "1000,compact,true",
			"1000,'compact,delete',false", "-1,'compact,delete',true" })
	void comparesWithTheRetentionOfTheTopic(String retention, String policy, boolean flagged) {
		assertThat(
				check("earliest", (topic) -> topic.set("retention.ms", retention).set("cleanup.policy", policy)).size())
			.isEqualTo(flagged ? 1 : 0);
	}

	@ParameterizedTest
	@CsvSource({ "earliest,,process everything again", "latest,INFO,skip what it has not read" })
	void dependsOnTheResetPolicy(String policy, Severity severity, String harm) {
		assertThat(check(policy, (topic) -> topic.set("retention.ms", "-1"))).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(severity);
			assertThat(finding.harm()).contains(harm);
		});
	}

	@ParameterizedTest
	@CsvSource({ "none", "by_duration:P1D" })
	void ignoresOtherResetPolicies(String policy) {
		assertThat(check(policy, (topic) -> topic.set("retention.ms", "-1"))).isEmpty();
	}

	@Test
	void ignoresShareGroupsAssignedPartitionsAndRandomGroups() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
		assertThat(check((listener) -> listener.groupId = null)).isEmpty();
		assertThat(check((listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
		assertThat(check((listener) -> listener.value(new ConfigValue("group.id", "billing", "${random.uuid}",
				ValueOrigin.property("spring.kafka.consumer.group-id", TestSetup.FILE)))))
			.isEmpty();
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void isUnknownWhenARetentionCouldNotBeRead() {
		assertThat(check("earliest", (topic) -> topic.configProblem = "no permission")).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("no permission"));
		assertThat(check((cluster) -> {
			cluster.topic("orders");
			cluster.brokerConfigProblem = "no permission";
		}, (listener) -> {
		})).extracting(Finding::checked).containsExactly(false);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("earliest", (topic) -> topic.set("retention.ms", "-1")).get(0);
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("auto.offset.reset = earliest (application.yml:12:13)",
					"offsets.retention.minutes = 10080 (broker default)", "retention.ms = -1 (topic 'orders')");
		assertThat(finding.harm()).contains("no member for 7 d").contains("orders still holds older records");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "none"),
				Fix.action("or set a longer offsets.retention.minutes in the configuration of the brokers"));
	}

	private List<Finding> check(String policy, Consumer<TopicBuilder> topic) {
		return check((cluster) -> cluster.topic("orders", topic),
				(listener) -> listener.property("auto.offset.reset", PROPERTY, policy));
	}

	private List<Finding> check(Consumer<ListenerBuilder> listener) {
		return check((cluster) -> cluster.topic("orders", (topic) -> topic.set("retention.ms", "-1")), listener);
	}

	private List<Finding> check(Consumer<TestCluster> cluster, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withListener("one", (listener) -> {
			listener.code("auto.offset.reset", "earliest");
			customizer.accept(listener);
		}).withCluster(cluster).build());
	}

}
