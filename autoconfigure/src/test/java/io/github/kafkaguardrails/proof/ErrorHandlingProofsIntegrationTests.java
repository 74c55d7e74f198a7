package io.github.kafkaguardrails.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.util.backoff.FixedBackOff;

import io.github.kafkaguardrails.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/** Proofs of rules about listeners, error handling and deserialization. */
class ErrorHandlingProofsIntegrationTests {

	private final String topic = ProofClients.BROKER.topic("proof", 1);

	private final String group = ProofClients.newGroup();

	@Test
	@Proves("error-handling-log-and-skip")
	void aRecordThatAlwaysFailsIsGoneAfterTenAttempts() {
		ProofClients.send(this.topic, null, "bad", "good");
		try (SpringKafka application = new SpringKafka(this.topic, this.group, Map.of(),
				(setting) -> setting.listener = ErrorHandlingProofsIntegrationTests::failWhenBad)) {
			application.awaitProcessed("good");
			assertThat(application.delivered.stream().filter("bad"::equals)).hasSize(10);
			Awaitility.await()
				.atMost(ProofClients.TIMEOUT)
				.until(() -> ProofClients.BROKER.committed(this.group, this.topic, 0) == 2);
		}
		assertThat(ProofClients.BROKER.topics()).noneMatch((name) -> name.startsWith(this.topic + "-"));
	}

	@Test
	@Proves("error-handling-dlt-missing")
	void aRecordWhoseDeadLetterTopicIsMissingBlocksItsPartition() {
		ProofClients.send(this.topic, null, "bad", "good");
		try (SpringKafka application = withDeadLetters(StringSerializer.class)) {
			application.awaitDelivered("bad", 3);
			assertThat(application.delivered).doesNotContain("good");
			ProofClients.BROKER.create(this.topic + "-dlt", 1, Map.of());
			application.awaitProcessed("good");
		}
		assertThat(ProofClients.BROKER.records(this.topic + "-dlt")).hasSize(1);
	}

	@Test
	@Proves("error-handling-dlt-serializer-mismatch")
	void aRecordThatTheDeadLetterTemplateCannotWriteBlocksItsPartition() {
		ProofClients.BROKER.create(this.topic + "-dlt", 1, Map.of());
		ProofClients.send(this.topic, null, "bad", "good");
		try (SpringKafka application = withDeadLetters(IntegerSerializer.class)) {
			application.awaitDelivered("bad", 3);
			assertThat(application.delivered).doesNotContain("good");
		}
		assertThat(ProofClients.BROKER.records(this.topic + "-dlt")).isEmpty();
		try (SpringKafka application = withDeadLetters(StringSerializer.class)) {
			application.awaitProcessed("good");
		}
		assertThat(ProofClients.BROKER.records(this.topic + "-dlt")).hasSize(1);
	}

	private static void failWhenBad(ConsumerRecord<Object, Object> record) {
		if (String.valueOf(record.value()).startsWith("bad")) {
			throw new IllegalStateException("bad");
		}
	}

	private SpringKafka withDeadLetters(Class<?> serializer) {
		return new SpringKafka(this.topic, this.group, Map.of(), (setting) -> {
			setting.listener = ErrorHandlingProofsIntegrationTests::failWhenBad;
			setting.errorHandler = new DefaultErrorHandler(
					new DeadLetterPublishingRecoverer(SpringKafka.template(serializer)), new FixedBackOff(0, 0));
		});
	}

	@Test
	@Proves("error-handling-backoff-exceeds-poll-interval")
	void aPauseLongerThanThePollIntervalHandsTheRecordToAnotherConsumer() {
		ProofClients.send(this.topic, null, "bad");
		Map<String, Object> config = Map.of("max.poll.interval.ms", 1_000);
		CommonErrorHandler pausing = new DefaultErrorHandler(new FixedBackOff(5_000, 1));
		try (SpringKafka first = new SpringKafka(this.topic, this.group, config, (setting) -> {
			setting.listener = ErrorHandlingProofsIntegrationTests::failWhenBad;
			setting.errorHandler = pausing;
		})) {
			first.awaitDelivered("bad", 1);
			try (SpringKafka second = new SpringKafka(this.topic, this.group, config, (setting) -> {
			})) {
				second.awaitProcessed("bad");
				assertThat(first.delivered).hasSize(1);
			}
		}
	}

	@Test
	@Proves("serialization-poison-pill-unprotected")
	void aRecordThatCannotBeDeserializedBlocksItsPartition() {
		ProofClients.send(this.topic, null, "poison", "four");
		AtomicInteger failures = new AtomicInteger();
		Map<String, Object> unprotected = Map.of("value.deserializer", IntegerDeserializer.class);
		try (SpringKafka application = new SpringKafka(this.topic, this.group, unprotected,
				(setting) -> setting.errorHandler = counting(failures))) {
			Awaitility.await().atMost(ProofClients.TIMEOUT).until(() -> failures.get() > 20);
			assertThat(application.delivered).isEmpty();
		}
		Map<String, Object> mended = Map.of("value.deserializer", ErrorHandlingDeserializer.class,
				ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS, IntegerDeserializer.class);
		try (SpringKafka application = new SpringKafka(this.topic, this.group, mended,
				(setting) -> setting.errorHandler = new DefaultErrorHandler(new FixedBackOff(0, 0)))) {
			application.awaitProcessed(
					String.valueOf(new IntegerDeserializer().deserialize("", "four".getBytes(StandardCharsets.UTF_8))));
		}
	}

	private static CommonErrorHandler counting(AtomicInteger failures) {
		return new DefaultErrorHandler(new FixedBackOff(0, 0)) {

			@Override
			public void handleOtherException(Exception thrown,
					org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, MessageListenerContainer container,
					boolean batchListener) {
				failures.incrementAndGet();
			}

		};
	}

	@Test
	@Proves("listener-manual-ack-unreachable")
	void aListenerThatCannotAcknowledgeStartsFromTheBeginningAfterEachRestart() {
		ProofClients.send(this.topic, null, "payment");
		assertThat(deliveredAfterRestart(AckMode.MANUAL)).containsExactly("payment", "next");
	}

	@Test
	void aListenerWhoseContainerAcknowledgesGoesOnAfterARestart() {
		ProofClients.send(this.topic, null, "payment");
		assertThat(deliveredAfterRestart(AckMode.RECORD)).containsExactly("next");
	}

	private List<String> deliveredAfterRestart(AckMode ackMode) {
		try (SpringKafka application = new SpringKafka(this.topic, this.group, Map.of(),
				(setting) -> setting.container.setAckMode(ackMode))) {
			application.awaitProcessed("payment");
		}
		ProofClients.send(this.topic, null, "next");
		try (SpringKafka application = new SpringKafka(this.topic, this.group, Map.of(),
				(setting) -> setting.container.setAckMode(ackMode))) {
			application.awaitProcessed("next");
			return application.delivered;
		}
	}

	@Test
	@Proves("listener-competing-listeners")
	void twoListenersOfOneGroupSeeOnlyAPartEach() {
		String divided = ProofClients.BROKER.topic("proof", 2);
		List<String> audit = new CopyOnWriteArrayList<>();
		List<String> billing = new CopyOnWriteArrayList<>();
		listen(divided, this.group, this.group, audit, billing);
		assertThat(audit).isNotEmpty().hasSizeLessThan(40);
		assertThat(billing).isNotEmpty().hasSizeLessThan(40);
	}

	@Test
	void twoListenersOfTwoGroupsSeeEverything() {
		String divided = ProofClients.BROKER.topic("proof", 2);
		List<String> audit = new CopyOnWriteArrayList<>();
		List<String> billing = new CopyOnWriteArrayList<>();
		listen(divided, this.group, ProofClients.newGroup(), audit, billing);
		assertThat(audit).hasSize(40);
		assertThat(billing).hasSize(40);
	}

	private static void listen(String topic, String group, String otherGroup, List<String> audit,
			List<String> billing) {
		boolean divided = group.equals(otherGroup);
		try (SpringKafka first = new SpringKafka(topic, group, Map.of("max.poll.records", 1),
				(setting) -> setting.listener = (record) -> audit.add(String.valueOf(record.value())));
				SpringKafka second = new SpringKafka(topic, otherGroup, Map.of("max.poll.records", 1),
						(setting) -> setting.listener = (record) -> billing.add(String.valueOf(record.value())))) {
			Awaitility.await()
				.atMost(ProofClients.TIMEOUT)
				.until(() -> first.partitions() + second.partitions() == (divided ? 2 : 4) && first.partitions() > 0
						&& second.partitions() > 0);
			for (int i = 0; i < 40; i++) {
				ProofClients.send(topic, "key-" + i, "order-" + i);
			}
			Awaitility.await()
				.atMost(ProofClients.TIMEOUT)
				.until(() -> audit.size() + billing.size() >= (divided ? 40 : 80));
		}
	}

	@Test
	@Proves("listener-container-stopped")
	void anErrorOfTheListenerStopsItsContainerForGood() {
		ProofClients.send(this.topic, null, "bad");
		try (SpringKafka application = new SpringKafka(this.topic, this.group, Map.of(),
				(setting) -> setting.listener = (record) -> {
					throw new NoClassDefFoundError("com/acme/Order");
				})) {
			Awaitility.await().atMost(ProofClients.TIMEOUT).until(() -> !application.running());
			assertThat(application.processed).isEmpty();
		}
	}

}
