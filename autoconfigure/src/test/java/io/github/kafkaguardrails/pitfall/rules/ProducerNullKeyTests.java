package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerNullKey}. */
class ProducerNullKeyTests {

	private final ProducerNullKey rule = new ProducerNullKey();

	@Test
	void flagsARecordWithoutAKeyForACompactedTopic() {
		assertThat(this.rule.check(setup((activity) -> activity.keyless("customers", 3)))).hasSize(1);
	}

	@Test
	void flagsATopicThatIsCompactedAmongOtherThings() {
		assertThat(this.rule.check(setup((activity) -> activity.keyless("sessions", 3)))).hasSize(1);
	}

	@Test
	void ignoresATopicThatOnlyDeletes() {
		assertThat(this.rule.check(setup((activity) -> activity.keyless("orders", 3)))).isEmpty();
	}

	@Test
	void ignoresACompactedTopicThatGetsNoRecordsWithoutAKey() {
		assertThat(this.rule.check(setup((activity) -> {
		}))).isEmpty();
	}

	@Test
	void flagsATopicThatRefusedSuchRecordsAlsoWhenTheClusterIsNotKnown() {
		assertThat(this.rule.check(application().withProducer("kafkaProducerFactory", (producer) -> {
		})
			.withActivity((activity) -> activity.keyless("customers", 3)
				.keyless("orders", 3)
				.failed("customers", InvalidRecordException.class, 3, Duration.ofDays(1))
				.failed("orders", TimeoutException.class, 3, Duration.ZERO))
			.build())).singleElement()
			.satisfies((finding) -> assertThat(finding.subject()).hasToString("topic 'customers'"));
	}

	@Test
	void flagsATopicWhoseKeysAListenerKeepsInOrder() {
		assertThat(this.rule.check(listening("retry ordered, 4 attempts", true))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.subject()).hasToString("topic 'orders'");
				assertThat(finding.harm()).contains("no order");
				assertThat(finding.evidence()).extracting(ConfigValue::text).contains("retry ordered, 4 attempts");
			});
		assertThat(this.rule.check(listening("retry ordered, 4 attempts", false))).isEmpty();
	}

	private static KafkaSetup listening(String errorHandling, boolean orderedByKey) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
		})
			.withListener("orders",
					(listener) -> listener.errorHandling = new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS,
							errorHandling, null, null, List.of(), orderedByKey))
			.withActivity((activity) -> activity.keyless("orders", 3).keyless("others", 3))
			.build();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup((activity) -> activity.keyless("customers", 3))).get(0);
		assertThat(finding.subject()).hasToString("topic 'customers'");
		assertThat(finding.harm()).contains("refuse", "lost");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("records without a key = 3 (observed while running)",
					"sent by = producer 'kafkaProducerFactory' (observed while running)",
					"cleanup.policy = compact (topic 'customers')");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains("as key"));
	}

	private static KafkaSetup setup(Consumer<TestActivity> customizer) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
		})
			.withCluster((cluster) -> cluster.topic("customers", (topic) -> topic.set("cleanup.policy", "compact"))
				.topic("sessions", (topic) -> topic.set("cleanup.policy", "delete,compact"))
				.topic("orders"))
			.withActivity(customizer)
			.build();
	}

}
