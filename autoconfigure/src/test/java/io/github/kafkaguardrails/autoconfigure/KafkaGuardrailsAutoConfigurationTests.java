package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.errorhandling.blockingretry.BlockingRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.none.NoRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.retrytopic.RetryTopicAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.skip.SkipAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.stop.StopAutoConfiguration;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.Severity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaGuardrailsAutoConfiguration} and
 * {@link ErrorHandlingAutoConfiguration} without a broker.
 */
@ExtendWith(OutputCaptureExtension.class)
class KafkaGuardrailsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class,
				KafkaGuardrailsAutoConfiguration.class, ErrorHandlingAutoConfiguration.class,
				BlockingRetryAutoConfiguration.class, NoRetryAutoConfiguration.class, RetryTopicAutoConfiguration.class,
				DeadLetterAutoConfiguration.class, SkipAutoConfiguration.class, StopAutoConfiguration.class))
		.withUserConfiguration(Listeners.class)
		.withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.consumer.group-id=billing",
				"spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.admin.auto-create=false");

	@Test
	void checksTheConfigurationAndHandlesListeners() {
		this.runner.run((context) -> {
			PitfallReport report = context.getBean(PitfallInspection.class).latest().report();
			assertThat(report.rules()).isGreaterThan(30);
			assertThat(report.hasErrors()).isFalse();
			assertThat(context.getBean(ErrorHandlingRegistry.class).listeners()).singleElement()
				.satisfies((listener) -> {
					assertThat(listener.byDefault()).isTrue();
					assertThat(listener.endingTopic()).isEqualTo("orders-billing-dlt");
				});
		});
	}

	/** The finding is the reason, and nobody has told it yet. */
	@Test
	void reportsWhenTheStartFailsBecauseOfAFindingThatIsOnlyAWarning(CapturedOutput output) {
		refusedByTheClient().withPropertyValues("kafka.guardrails.rules.consumer-group-protocol-conflict=warning")
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).rootCause().isInstanceOf(ConfigException.class);
				assertThat(output).containsOnlyOnce("warning  consumer-group-protocol-conflict ");
			});
	}

	@Test
	void reportsOnlyInTheFailureThatItCauses(CapturedOutput output) {
		refusedByTheClient().run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(FailureAnalyzedException.class);
			assertThat(output).doesNotContain("error    consumer-group-protocol-conflict ");
		});
	}

	private ApplicationContextRunner refusedByTheClient() {
		return this.runner.withPropertyValues("spring.kafka.listener.auto-startup=true",
				"spring.kafka.consumer.heartbeat-interval=1s",
				"spring.kafka.consumer.properties.group.protocol=consumer");
	}

	/** The very first start must not be a wall of text. */
	@Test
	void findsLittleInAnApplicationOfTheFirstMinute() {
		this.runner.run((context) -> {
			PitfallReport report = context.getBean(PitfallInspection.class).latest().report();
			assertThat(report.rules()).isGreaterThan(50);
			assertThat(report.violations()).filteredOn((finding) -> finding.severity() == Severity.ERROR).isEmpty();
			assertThat(report.violations()).filteredOn((finding) -> finding.severity() == Severity.WARNING)
				.extracting((finding) -> finding.rule())
				.isNotEmpty()
				.hasSizeLessThanOrEqualTo(3);
		});
	}

	@Test
	void isOffByProperty() {
		this.runner.withPropertyValues("kafka.guardrails.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(PitfallInspection.class).doesNotHaveBean(ErrorHandlingRegistry.class);
			assertThat(container(context.getBean(KafkaListenerEndpointRegistry.class)).getCommonErrorHandler())
				.isNull();
		});
	}

	@Test
	void looksOnceMoreWhenTheTopologiesOfKafkaStreamsAreBuilt() {
		this.runner.withUserConfiguration(Counting.class)
			.withPropertyValues("spring.kafka.bootstrap-servers=192.0.2.1:9092", "spring.application.name=shop",
					"spring.kafka.streams.auto-startup=false")
			.run((context) -> {
				assertThat(context.getBean(PitfallInspection.class).outdated()).isFalse();
				assertThat(rules(context.getBean(PitfallInspection.class))).contains("streams-state-dir-volatile");
			});
	}

	@Test
	void failsOnErrorsWithOneReport() {
		this.runner
			.withPropertyValues("spring.kafka.consumer.properties.group.protocol=consumer",
					"spring.kafka.consumer.heartbeat-interval=1s", "spring.kafka.producer.acks=1")
			.run((context) -> assertThat(report(context.getStartupFailure()))
				.contains("consumer-group-protocol-conflict")
				.contains("producer-acks-not-all"));
	}

	@Test
	void logsTheSameReportWhenItOnlyWarns(CapturedOutput output) {
		this.runner
			.withPropertyValues("spring.kafka.consumer.properties.group.protocol=consumer",
					"spring.kafka.consumer.heartbeat-interval=1s", "kafka.guardrails.enforcement=warn")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("consumer-group-protocol-conflict");
			});
	}

	@Test
	void acceptsOffWrittenAsYamlBoolean() {
		this.runner
			.withPropertyValues("spring.kafka.producer.acks=1", "kafka.guardrails.rules.producer-acks-not-all=false")
			.run((context) -> assertThat(rules(context.getBean(PitfallInspection.class)))
				.doesNotContain("producer-acks-not-all"));
	}

	@Test
	void acceptsTheSpellingOfAnEnvironmentVariable() {
		this.runner.withPropertyValues("spring.kafka.producer.acks=1", "kafka.guardrails.rules.produceracksnotall=off")
			.run((context) -> assertThat(rules(context.getBean(PitfallInspection.class)))
				.doesNotContain("producer-acks-not-all"));
	}

	@Test
	void acceptsWaiversUntilTheirDate() {
		this.runner
			.withPropertyValues("spring.kafka.producer.acks=1",
					"kafka.guardrails.waivers[0].rule=producer-acks-not-all",
					"kafka.guardrails.waivers[0].reason=telemetry", "kafka.guardrails.waivers[0].until=2999-01-31")
			.run((context) -> assertThat(rules(context.getBean(PitfallInspection.class)))
				.doesNotContain("producer-acks-not-all"));
		this.runner
			.withPropertyValues("spring.kafka.producer.acks=1",
					"kafka.guardrails.waivers[0].rule=producer-acks-not-all",
					"kafka.guardrails.waivers[0].reason=telemetry", "kafka.guardrails.waivers[0].until=2020-01-31")
			.run((context) -> assertThat(rules(context.getBean(PitfallInspection.class)))
				.contains("producer-acks-not-all", "guardrails-waiver-expired"));
	}

	@Test
	void namesPropertyAndValueOfASettingOutOfItsRange() {
		this.runner.withPropertyValues("kafka.guardrails.listeners.orders-listener.retry.max-attempts=0")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("kafka.guardrails.listeners.orders-listener.retry.max-attempts")
				.hasMessageContaining("must be at least 1"));
	}

	@Test
	void reportsUnknownSettingsWithTheNearestName() {
		this.runner
			.withPropertyValues("kafka.guardrails.listeners.orders-listner.then=skip",
					"kafka.guardrails.rules.producer-acks-not-al=off", "kafka.guardrails.safe-default=false",
					"kafka.guardrails.listeners.default.retry.fatal=com.example.Missing")
			.run((context) -> assertThat(report(context.getStartupFailure())).contains("orders-listner")
				.contains("orders-listener")
				.contains("producer-acks-not-al ")
				.contains("kafka.guardrails.safe-defaults")
				.contains("com.example.Missing"));
	}

	@Test
	void readsCommittedRecordsWhereProducersAreTransactional() {
		this.runner.withPropertyValues("spring.kafka.producer.transaction-id-prefix=tx-").run((context) -> {
			assertThat(context.getBean(KafkaProperties.class).getConsumer().getIsolationLevel())
				.isEqualTo(KafkaProperties.IsolationLevel.READ_COMMITTED);
			assertThat(context.getEnvironment().getProperty("spring.kafka.consumer.isolation-level"))
				.isEqualTo("read_committed");
		});
	}

	@Test
	void leavesAnIsolationLevelOfTheUserAlone() {
		for (String property : List.of("spring.kafka.consumer.isolation-level=read-uncommitted",
				"spring.kafka.consumer.properties.isolation.level=read_uncommitted",
				"kafka.guardrails.safe-defaults=false")) {
			this.runner.withPropertyValues("spring.kafka.producer.transaction-id-prefix=tx-", property)
				.run((context) -> assertThat(context.getBean(KafkaProperties.class).getConsumer().getIsolationLevel())
					.isEqualTo(KafkaProperties.IsolationLevel.READ_UNCOMMITTED));
		}
	}

	@Test
	void retriesAuthenticationWhereSecurityIsOn() {
		Map<String, Boolean> retried = Map.of("SASL_PLAINTEXT", true, "PLAINTEXT", false);
		retried.forEach((protocol, expected) -> this.runner
			.withPropertyValues("spring.kafka.security.protocol=" + protocol,
					"spring.kafka.properties.sasl.mechanism=PLAIN",
					"spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
							+ " required username=u password=p;")
			.run((context) -> assertThat(
					container(context.getBean(KafkaListenerEndpointRegistry.class)).getContainerProperties()
						.getAuthExceptionRetryInterval() != null)
				.isEqualTo(expected)));
	}

	@Test
	void refusesRetryTopicsForABatchListener() {
		this.runner
			.withPropertyValues("spring.kafka.listener.type=batch",
					"kafka.guardrails.listeners.orders-listener.retry.mode=topic")
			.run((context) -> assertThat(report(context.getStartupFailure()))
				.contains("guardrails-error-handling-unsupported")
				.contains("batch listener"));
	}

	@Test
	void refusesABatchListenerThatReturnsAFutureOnlyWhereSomethingIsSet() {
		ApplicationContextRunner futures = this.runner.withUserConfiguration(BatchOfFutures.class);
		futures.run((context) -> assertThat(context).hasNotFailed());
		futures.withPropertyValues("kafka.guardrails.listeners.futures.then=skip")
			.run((context) -> assertThat(report(context.getStartupFailure()))
				.contains("guardrails-error-handling-unsupported")
				.contains("returns a future"));
	}

	@Test
	void showsNoSecretInReportAndLog(CapturedOutput output) {
		ApplicationContextRunner planted = this.runner.withPropertyValues("spring.kafka.security.protocol=SASL_SSL",
				"spring.kafka.properties.sasl.mechanism=PLAIN",
				"spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
						+ " required username=planted-user password=planted-jaas;",
				"spring.kafka.ssl.key-store-password=planted-store", "spring.kafka.ssl.key-password=planted-key",
				"spring.kafka.consumer.properties.ssl.truststore.passwort=planted-typo",
				"spring.kafka.consumer.properties.basic.auth.user.info=planted:info",
				"spring.kafka.producer.properties.ssl.keystore.key=planted-pem",
				"spring.kafka.producer.properties.max.block.ms=planted-number", "spring.kafka.producer.acks=1");
		planted.withPropertyValues("kafka.guardrails.enforcement=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(PitfallInspection.class).latest().report().findings()).isNotEmpty();
			assertThat(String.valueOf(context.getBean(PitfallInspection.class).latest().setup())).doesNotContain(
					"planted-jaas", "planted-store", "planted-key", "planted-typo", "planted:info", "planted-pem");
		});
		assertThat(output).contains("producer-acks-not-all", "max.block.ms")
			.doesNotContain("planted-jaas")
			.doesNotContain("planted-store")
			.doesNotContain("planted-key")
			.doesNotContain("planted-typo")
			.doesNotContain("planted:info")
			.doesNotContain("planted-pem");
		planted.run((context) -> assertThat(report(context.getStartupFailure())).contains("max.block.ms")
			.doesNotContain("planted-jaas")
			.doesNotContain("planted-store")
			.doesNotContain("planted-typo")
			.doesNotContain("planted:info")
			.doesNotContain("planted-pem"));
	}

	/** What the failure analysis prints. */
	private static String report(@Nullable Throwable failure) {
		assertThat(failure).isInstanceOf(FailureAnalyzedException.class);
		return ((FailureAnalyzedException) Objects.requireNonNull(failure)).analysis().getDescription();
	}

	private static List<String> rules(PitfallInspection inspection) {
		return inspection.latest().report().violations().stream().map((finding) -> finding.rule()).toList();
	}

	private static AbstractMessageListenerContainer<?, ?> container(KafkaListenerEndpointRegistry registry) {
		MessageListenerContainer container = registry.getListenerContainer("orders-listener");
		assertThat(container).isNotNull();
		return (AbstractMessageListenerContainer<?, ?>) Objects.requireNonNull(container);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableKafkaStreams
	static class Counting {

		@Bean
		KStream<String, String> orders(StreamsBuilder builder) {
			KStream<String, String> orders = builder.stream("orders", Consumed.with(Serdes.String(), Serdes.String()));
			orders.groupByKey(Grouped.with(Serdes.String(), Serdes.String())).count();
			return orders;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		OrdersListener ordersListener() {
			return new OrdersListener();
		}

	}

	static class OrdersListener {

		@KafkaListener(id = "orders-listener", idIsGroup = false, topics = "orders")
		void handle(String order) {
		}

	}

	static class BatchOfFutures {

		@KafkaListener(id = "futures", topics = "futures", batch = "true", autoStartup = "false")
		CompletableFuture<String> listen(List<String> values) {
			return CompletableFuture.completedFuture("done");
		}

	}

}
