package io.github.kafkaguardrails.activity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.SendResult;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.ContainerActivity;
import io.github.kafkaguardrails.setup.ActivitySetup.EndedRecords;
import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;
import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What is observed of an application that runs with a real broker. Samples are taken by
 * the tests, a minute apart on a clock of their own.
 */
class ActivityIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final TestBroker BROKER = TestBroker.get();

	private static final MutableClock CLOCK = new MutableClock();

	private static final String ORDERS = BROKER.topic("activity", 2);

	private static final String ERRORS = BROKER.topic("activity", 1);

	private static final String COMPACTED = BROKER.topic("activity", 1, Map.of("cleanup.policy", "compact"));

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--spring.kafka.bootstrap-servers=" + BROKER.bootstrapServers(),
					"--spring.kafka.consumer.group-id=group-" + ORDERS,
					"--spring.kafka.consumer.auto-offset-reset=earliest", "--spring.main.banner-mode=off",
					"--spring.jmx.enabled=false", "--kafka.guardrails.activity-check.interval=1h",
					"--kafka.guardrails.listeners.default.retry.mode=none", "--test.orders=" + ORDERS,
					"--test.errors=" + ERRORS);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void aRecordThatIsTooLargeIsAFailedSend() {
		assertThatException().isThrownBy(() -> template().send(ORDERS, "key", "x".repeat(2 << 20)))
			.withRootCauseInstanceOf(RecordTooLargeException.class);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			ActivitySetup activity = sample();
			assertThat(activity.sends().failures()).anySatisfy((failure) -> {
				assertThat(failure.template()).isEqualTo("kafkaTemplate");
				assertThat(failure.topic()).isEqualTo(ORDERS);
				assertThat(failure.exception()).isEqualTo(RecordTooLargeException.class.getName());
			});
			assertThat(activity.clients(ClientType.PRODUCER, "kafkaProducerFactory")).singleElement()
				.satisfies((client) -> assertThat(client.increase(Metric.of("record-error-total"))).isPositive());
		});
		assertThat(findings("producer-send-failures")).isNotEmpty()
			.anySatisfy((finding) -> assertThat(finding.harm()).contains("RecordTooLargeException"));
	}

	@Test
	void aCompactedTopicRefusesARecordWithoutAKey() {
		CompletableFuture<SendResult<String, String>> future = template().send(COMPACTED, "value");
		assertThatException().isThrownBy(() -> future.get(60, TimeUnit.SECONDS))
			.withRootCauseInstanceOf(InvalidRecordException.class);
		assertThat(sample().sends().keyless()).anySatisfy((keyless) -> {
			assertThat(keyless.topic()).isEqualTo(COMPACTED);
			assertThat(keyless.count()).isPositive();
		});
		assertThat(findings("producer-null-key")).singleElement()
			.satisfies((finding) -> assertThat(finding.subjects()).extracting(Object::toString)
				.containsExactly("topic '" + COMPACTED + "'"));
	}

	@Test
	void aRecordSentInATransactionOfADatabaseIsADualWrite() throws Exception {
		CompletableFuture<SendResult<String, String>> future = new TransactionTemplate(new TestTransactionManager())
			.execute((status) -> template().send(ORDERS, "key", "ok"));
		assertThat(future).isNotNull();
		future.get(60, TimeUnit.SECONDS);
		assertThat(findings("producer-dual-write")).singleElement().satisfies((finding) -> {
			assertThat(finding.subjects()).extracting(Object::toString)
				.containsExactly("producer 'kafkaProducerFactory'");
			assertThat(finding.evidence()).extracting(Object::toString)
				.contains("sent by = " + ActivityIntegrationTests.class.getName() + " (observed while running)");
		});
	}

	@Test
	void anErrorThatStopsAListenerIsSeen() {
		MessageListenerContainer container = container("errors");
		assertThat(findings("listener-container-stopped")).isEmpty();
		BROKER.send(new ProducerRecord<>(ERRORS, "error".getBytes(StandardCharsets.UTF_8)));
		Awaitility.await().atMost(LIMIT).until(() -> !container.isRunning());
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(sample().containers())
				.contains(new ContainerActivity("errors", false, false, false, "ERROR"))
				.contains(new ContainerActivity("orders", true, true, false, null)));
		assertThat(findings("listener-container-stopped")).singleElement()
			.satisfies((finding) -> assertThat(finding.subjects()).extracting(Object::toString)
				.containsExactly("listener 'errors'"));
	}

	@Test
	void aDeadLetterIsSeen() throws Exception {
		template().send(ORDERS, "key", "fail").get(60, TimeUnit.SECONDS);
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(sample().endings()).singleElement().satisfies((ended) -> {
				assertThat(ended.listener()).isEqualTo("orders");
				assertThat(ended.topic()).isEqualTo(ORDERS);
				assertThat(ended.exception()).isEqualTo(IllegalStateException.class.getName());
				assertThat(ended.outcome()).isEqualTo(EndedRecords.Outcome.DEAD_LETTERED);
				assertThat(ended.count()).isOne();
			}));
		assertThat(findings("error-handling-records-dead-lettered")).hasSize(1);
	}

	@Test
	void theMetricsOfAListenersConsumersAreSeen() throws Exception {
		template().send(ORDERS, 1, "key", "ok").get(60, TimeUnit.SECONDS);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			List<ClientActivity> clients = sample().clients(ClientType.CONSUMER, "orders");
			assertThat(clients).hasSize(2);
			assertThat(clients).allSatisfy((client) -> {
				assertThat(client.samples()).hasSizeGreaterThan(1);
				assertThat(client.latest(Metric.of("time-between-poll-max"))).isPresent();
				assertThat(client.latest(Metric.of("last-poll-seconds-ago"))).isPresent();
				assertThat(client.latest(Metric.of("rebalance-total"))).isPresent();
				assertThat(client.latest(Metric.of("failed-rebalance-total"))).isPresent();
			});
			assertThat(clients).anySatisfy((client) -> {
				assertThat(client.latest(new Metric("records-lag", ORDERS, 1))).hasValue(0);
				assertThat(client.latest(new Metric("records-lead", ORDERS, 1))).isPresent();
			});
		});
	}

	@Test
	void theMetricsOfProducersAreSeen() throws Exception {
		template().send(ORDERS, "key", "ok").get(60, TimeUnit.SECONDS);
		ClientActivity client = sample().clients(ClientType.PRODUCER, "kafkaProducerFactory").get(0);
		assertThat(client.latest(Metric.of("record-error-total"))).isPresent();
		assertThat(client.latest(Metric.of("bufferpool-wait-ratio"))).isPresent();
		assertThat(client.latest(Metric.of("buffer-exhausted-total"))).isPresent();
		assertThat(client.latest(Metric.of("produce-throttle-time-avg"))).isPresent();
	}

	@Test
	void producersAreCountedAndForgottenWhenTheyAreClosed() {
		DefaultKafkaProducerFactory<?, ?> factory = context.getBean("churning", DefaultKafkaProducerFactory.class);
		for (int i = 0; i < 3; i++) {
			factory.createProducer().close();
			factory.reset();
		}
		assertThat(sample().creations()).contains(new ProducerCreations("churning", 3, 0));
		factory.createProducer();
		ActivitySetup activity = sample();
		assertThat(activity.creations()).contains(new ProducerCreations("churning", 4, 1));
		assertThat(activity.clients(ClientType.PRODUCER, "churning")).hasSize(1);
		CLOCK.advance(ProducerCreations.WINDOW);
		assertThat(sample().creations()).contains(new ProducerCreations("churning", 0, 1));
	}

	@Test
	void aTemplateWithSettingsOfItsOwnHasProducersOfItsOwn() throws Exception {
		template("overriding").send(ORDERS, "key", "ok").get(60, TimeUnit.SECONDS);
		ActivitySetup activity = sample();
		assertThat(activity.clients(ClientType.PRODUCER, "overriding")).hasSize(1);
		assertThat(activity.creations()).contains(new ProducerCreations("overriding", 1, 1));
	}

	private static KafkaTemplate<String, String> template() {
		return template("kafkaTemplate");
	}

	@SuppressWarnings("unchecked") // the type of the serializers that Spring Boot uses
	private static KafkaTemplate<String, String> template(String name) {
		return context.getBean(name, KafkaTemplate.class);
	}

	private static MessageListenerContainer container(String id) {
		return Objects.requireNonNull(context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(id));
	}

	private static ActivitySetup sample() {
		CLOCK.advance(Duration.ofMinutes(1));
		return Objects.requireNonNull(context.getBean(ActivityCheck.class).check().setup()).activity();
	}

	private static List<ReportedFinding> findings(String rule) {
		CLOCK.advance(Duration.ofSeconds(1));
		PitfallReport report = context.getBean(ActivityCheck.class).check().report();
		return report.findings().stream().filter((finding) -> finding.rule().equals(rule)).toList();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@KafkaListener(id = "orders", idIsGroup = false, topics = "${test.orders}", concurrency = "2")
		void handle(String order) {
			if (order.equals("fail")) {
				throw new IllegalStateException("cannot process");
			}
		}

		@KafkaListener(id = "errors", groupId = "group-${test.errors}", topics = "${test.errors}")
		void fail(String order) {
			throw new StackOverflowError("planned by a test");
		}

		@Bean
		ProducerObserver producerObserver() {
			return new ProducerObserver(CLOCK);
		}

		@Bean
		SendObserver sendObserver() {
			return new SendObserver(CLOCK);
		}

		@Bean
		EndedRecordsObserver endedRecordsObserver() {
			return new EndedRecordsObserver(CLOCK);
		}

		@Bean
		ActivitySampler activitySampler(ProducerObserver producers, SendObserver sends, EndedRecordsObserver endings,
				AbnormalStops stops, KafkaListenerEndpointRegistry registry) {
			return new ActivitySampler(producers, new ContainerObserver(registry::getListenerContainers, stops), sends,
					endings, List::of, List::of, CLOCK, CLOCK.instant());
		}

		@Bean(defaultCandidate = false)
		KafkaTemplate<Object, Object> overriding(ProducerFactory<Object, Object> factory) {
			return new KafkaTemplate<>(factory, Map.of(ProducerConfig.LINGER_MS_CONFIG, 1));
		}

		@Bean(defaultCandidate = false)
		DefaultKafkaProducerFactory<Object, Object> churning(ProducerFactory<Object, Object> factory) {
			return new DefaultKafkaProducerFactory<>(factory.getConfigurationProperties());
		}

	}

}
