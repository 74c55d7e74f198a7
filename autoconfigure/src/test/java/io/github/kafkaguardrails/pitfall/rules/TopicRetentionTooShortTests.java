package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicRetentionTooShort}. */
class TopicRetentionTooShortTests {

	private final TopicRetentionTooShort rule = new TopicRetentionTooShort();

	@ParameterizedTest
	@CsvSource({ "0,604800000,WARNING", "86399999,604800000,WARNING", "86400000,604800000,INFO",
			"604799999,604800000,INFO", "604800000,604800000,", "86400000,86400000,", "-1,604800000," })
	void judgesTheRetentionThatSomebodySet(String retention, String segment, Severity severity) {
		assertThat(check((topic) -> topic.set("retention.ms", retention).byDefault("segment.ms", segment)))
			.extracting(Finding::severity)
			.isEqualTo((severity != null) ? List.of(severity) : List.of());
	}

	@Test
	void ignoresTheBrokersDefaultAndCompactedTopics() {
		assertThat(check((topic) -> topic.byDefault("retention.ms", "1000"))).isEmpty();
		assertThat(check((topic) -> topic.set("retention.ms", "1000").set("cleanup.policy", "compact"))).isEmpty();
		assertThat(check((topic) -> topic.set("retention.ms", "1000").set("cleanup.policy", "compact,delete")))
			.hasSize(1);
	}

	@Test
	void ignoresRetryTopics() {
		assertThat(this.rule
			.check(application().withListener("retry", (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)
				.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.set("retention.ms", "1000")))
				.build()))
			.isEmpty();
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(check((topic) -> topic.configProblem = "no permission")).extracting(Finding::checked)
			.containsExactly(false);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((topic) -> topic.set("retention.ms", "3600000")).get(0);
		assertThat(finding.subject()).hasToString("topic 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("retention.ms = 3600000 (topic 'orders')");
		assertThat(finding.harm()).contains("An outage that is longer than the retention");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders --add-config retention.ms=604800000"));
	}

	private List<Finding> check(Consumer<TopicBuilder> topic) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.topic("orders", topic)).build());
	}

}
