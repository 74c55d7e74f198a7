package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
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
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerRequestExceedsTopicLimit}. */
class ProducerRequestExceedsTopicLimitTests {

	private static final String PROPERTY = "spring.kafka.producer.properties.max.request.size";

	private final ProducerRequestExceedsTopicLimit rule = new ProducerRequestExceedsTopicLimit();

	@ParameterizedTest
	@CsvSource({ "1048588,false", "1048589,true", "5242880,true" })
	void comparesWithTheTopic(int size, boolean flagged) {
		assertThat(check((producer) -> producer.code("max.request.size", size)).size()).isEqualTo(flagged ? 1 : 0);
	}

	@Test
	void ignoresTheDefault() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> producer.defaultTopic("orders"))
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.set("max.message.bytes", "1000")))
			.build())).isEmpty();
	}

	@Test
	void onlyMentionsItWhenTheProducerCompresses() {
		assertThat(check((producer) -> producer.code("max.request.size", 5_242_880).code("compression.type", "lz4")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.INFO);
				assertThat(finding.harm()).contains("unless compression");
			});
	}

	@Test
	void seesTheTopicsOfFailedRecordsWhenThereIsOneProducer() {
		TestSetup application = failing(Kind.DEAD_LETTER);
		assertThat(this.rule.check(application.build())).extracting((finding) -> finding.evidence().get(1).toString())
			.containsExactly("max.message.bytes = 1048588 (topic 'orders-dlt')",
					"max.message.bytes = 1048588 (topic 'orders-retry')");
		application.withProducer("other", (producer) -> {
		});
		assertThat(this.rule.check(application.build())).isEmpty();
		assertThat(this.rule.check(failing(Kind.GUARDRAILS).build())).isEmpty();
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(this.rule.check(application()
			.withProducer("producer", (producer) -> producer.defaultTopic("orders").code("max.request.size", 5_242_880))
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.configProblem = "no permission"))
			.build())).extracting(Finding::checked).containsExactly(false);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((producer) -> producer.property("max.request.size", PROPERTY, 5_242_880)).get(0);
		assertThat(finding.subject()).hasToString("producer 'producer'");
		assertThat(finding.severity()).isNull();
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("max.request.size = 5242880 (application.yml:12:13)",
					"max.message.bytes = 1048588 (broker default)");
		assertThat(finding.harm()).isEqualTo("Records larger than 1048588 bytes pass the producer, but topic 'orders' "
				+ "refuses them with a RecordTooLargeException.");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics"
						+ " --entity-name orders --add-config max.message.bytes=5242880"),
				Fix.set(PROPERTY, 1_048_588L));
	}

	private static TestSetup failing(Kind kind) {
		ErrorHandlingSetup handling = new ErrorHandlingSetup(kind, "then dead-letter", null,
				new DeadLetterSetup("<topic>-dlt", null, null), List.of());
		return application().withProducer("producer", (producer) -> producer.code("max.request.size", 5_242_880))
			.withListener("one", (listener) -> listener.errorHandling = handling)
			.withListener("retry", (listener) -> {
				listener.errorHandling = handling;
				listener.role = ListenerSetup.Role.AUXILIARY;
				listener.subscription = Subscription.ofTopics("orders-retry");
			})
			.withCluster((cluster) -> List.of("orders-dlt", "orders-retry")
				.forEach((name) -> cluster.topic(name, (topic) -> topic.set("max.message.bytes", "1048588"))));
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(application().withProducer("producer", (producer) -> {
			producer.defaultTopic("orders");
			customizer.accept(producer);
		}).withCluster((cluster) -> cluster.topic("orders")).build());
	}

}
