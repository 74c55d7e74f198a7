package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.kafkaguardrails.setup.SendActivity;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SendObserver}; the producer only collects. */
@SuppressWarnings("FutureReturnValueIgnored") // what became of a record is asked of the
												// producer
class SendObserverTests {

	private final MutableClock clock = new MutableClock();

	private final SendObserver observer = new SendObserver(this.clock);

	private final MockProducer<String, String> producer = new MockProducer<>(false, null, new StringSerializer(),
			new StringSerializer());

	private final KafkaTemplate<String, String> template = new KafkaTemplate<>(
			new MockProducerFactory<>(() -> this.producer));

	private final TransactionTemplate transaction = new TransactionTemplate(new TestTransactionManager());

	@Test
	void seesNothingInAHealthySend() {
		observe();
		this.template.send("orders", "key", "value");
		this.producer.completeNext();
		assertThat(this.observer.observed()).isEqualTo(SendActivity.NONE);
		assertThat(this.producer.history()).hasSize(1);
	}

	@Test
	void countsRecordsWithoutAKeyByTopic() {
		observe();
		this.template.send("orders", "value");
		this.template.send("orders", "value");
		this.template.send("returns", "value");
		assertThat(this.observer.observed().keyless()).containsExactlyInAnyOrder(
				new SendActivity.Keyless("kafkaTemplate", "orders", 2),
				new SendActivity.Keyless("kafkaTemplate", "returns", 1));
	}

	@Test
	void countsFailuresByTopicAndException() {
		observe();
		this.template.send("orders", "key", "value");
		this.producer.errorNext(new TimeoutException());
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.observer.observed().failures()).containsExactly(new SendActivity.Failure("kafkaTemplate",
				"orders", TimeoutException.class.getName(), 1, Duration.ofSeconds(5)));
	}

	@Test
	void remembersWhoSendsInATransactionOfADatabase() {
		observe();
		this.transaction.executeWithoutResult((status) -> {
			this.template.send("orders", "key", "value");
			this.template.send("orders", "key", "value");
		});
		assertThat(this.observer.observed().inTransactions()).containsExactly(
				new SendActivity.InTransaction("kafkaTemplate", "orders", SendObserverTests.class.getName(),
						TestTransactionManager.DatabaseHolder.class.getName(), false, false));
	}

	@Test
	void remembersThatATemplateIsTransactional() {
		KafkaTemplate<String, String> transactional = new KafkaTemplate<>(
				new MockProducerFactory<>((tx, id) -> this.producer, "tx-"));
		transactional.setAllowNonTransactional(true);
		this.observer.observe("kafkaTemplate", transactional);
		this.producer.initTransactions();
		this.transaction.executeWithoutResult((status) -> transactional.send("orders", "key", "value"));
		assertThat(this.observer.observed().inTransactions()).singleElement()
			.satisfies((send) -> assertThat(send.transactional()).isTrue());
	}

	@Test
	void ignoresATransactionThatIsReadOnly() {
		observe();
		this.transaction.setReadOnly(true);
		this.transaction.executeWithoutResult((status) -> this.template.send("orders", "key", "value"));
		assertThat(this.observer.observed()).isEqualTo(SendActivity.NONE);
	}

	@Test
	void ignoresWhatIsBoundButTakesNoPartInTheTransaction() {
		observe();
		TransactionSynchronizationManager.bindResource("open-in-view", new ResourceHolderSupport() {
		});
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			this.template.send("orders", "key", "value");
		}
		finally {
			TransactionSynchronizationManager.setActualTransactionActive(false);
			TransactionSynchronizationManager.unbindResource("open-in-view");
		}
		assertThat(this.observer.observed()).isEqualTo(SendActivity.NONE);
	}

	@Test
	void knowsASendAfterTheCommitFromOneBefore() {
		observe();
		this.transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void beforeCommit(boolean readOnly) {
						SendObserverTests.this.template.send("before", "key", "value");
					}

					@Override
					public void afterCommit() {
						SendObserverTests.this.template.send("after", "key", "value");
					}

				}));
		assertThat(this.observer.observed().inTransactions()).hasSize(2)
			.allSatisfy((send) -> assertThat(send.afterCompletion()).isEqualTo(send.topic().equals("after")))
			.allSatisfy((send) -> assertThat(send.caller()).startsWith(SendObserverTests.class.getName()));
	}

	@Test
	void knowsThatACallbackHasBegunATransactionOfItsOwn() {
		observe();
		TransactionTemplate own = new TransactionTemplate(new TestTransactionManager());
		this.transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCompletion(int outcome) {
						own.executeWithoutResult(
								(inner) -> SendObserverTests.this.template.send("own", "key", "value"));
					}

				}));
		assertThat(this.observer.observed().inTransactions()).singleElement()
			.satisfies((send) -> assertThat(send.afterCompletion()).isFalse());
	}

	@Test
	void remembersALimitedNumberOfTopics() {
		observe();
		for (int i = 0; i < 150; i++) {
			this.template.send("topic-" + i, "value");
		}
		assertThat(this.observer.observed().keyless()).hasSize(BoundedMap.MAX_KEYS);
		assertThat(this.producer.history()).hasSize(150);
	}

	@Test
	void callsTheUsersInterceptorAsIfItWereAlone() {
		UsersInterceptor users = new UsersInterceptor();
		this.template.setProducerInterceptor(users);
		observe();
		observe();
		this.template.send("orders", "key", "value");
		this.template.send("orders", "key", "value");
		this.producer.completeNext();
		this.producer.errorNext(new TimeoutException());
		this.template.destroy();
		assertThat(this.producer.history()).extracting(ProducerRecord::value).containsExactly("changed", "changed");
		assertThat(users.calls).containsExactly("send", "send", "acknowledged null", "acknowledged TimeoutException",
				"closed");
		assertThat(this.observer.observed().failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.count()).isOne());
	}

	private void observe() {
		this.observer.observe("kafkaTemplate", this.template);
	}

	private static final class UsersInterceptor implements ProducerInterceptor<String, String> {

		private final List<String> calls = new ArrayList<>();

		@Override
		public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
			this.calls.add("send");
			return new ProducerRecord<>(record.topic(), record.key(), "changed");
		}

		@Override
		public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {
			this.calls.add("acknowledged " + ((exception != null) ? exception.getClass().getSimpleName() : null));
		}

		@Override
		public void close() {
			this.calls.add("closed");
		}

		@Override
		public void configure(Map<String, ?> configs) {
			this.calls.add("configured");
		}

	}

}
