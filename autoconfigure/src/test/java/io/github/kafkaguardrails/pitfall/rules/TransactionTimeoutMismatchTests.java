package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionTimeoutMismatch}. */
class TransactionTimeoutMismatchTests {

	private static final String KEY = "transaction.timeout.ms";

	private static final String PROPERTY = "spring.kafka.producer.properties." + KEY;

	private final TransactionTimeoutMismatch rule = new TransactionTimeoutMismatch();

	@Test
	void flagsMoreThanABrokerAllowsByDefault() {
		assertThat(this.rule
			.check(producer((producer) -> producer.transactional("tx-").property(KEY, PROPERTY, "900001")))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "900000", "60000", "broken" })
	void ignoresWhatABrokerAllows(String timeout) {
		assertThat(
				this.rule.check(producer((producer) -> producer.transactional("tx-").property(KEY, PROPERTY, timeout))))
			.isEmpty();
	}

	@Test
	void ignoresProducersWithoutTransactionsAndCustomizedOnes() {
		assertThat(this.rule.check(producer((producer) -> producer.code(KEY, 1_000_000)))).isEmpty();
		assertThat(this.rule.check(producer((producer) -> {
			producer.customized = true;
			producer.transactional("tx-").code(KEY, 1_000_000);
		}))).isEmpty();
	}

	@Test
	void informsOfABatchThatMayOutliveItsTransaction() {
		assertThat(check((listener) -> {
		})).singleElement().satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
	}

	@Test
	void ignoresTheDefaults() {
		assertThat(check((listener) -> listener.code("max.poll.interval.ms", 300_000))).isEmpty();
	}

	@Test
	void ignoresARecordListenerWhoseTransactionsAreShort() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.RECORD)).isEmpty();
	}

	@Test
	void ignoresAListenerWithoutTransactions() {
		assertThat(check((listener) -> listener.transactional = false)).isEmpty();
	}

	@Test
	void claimsNothingWhenItIsNotClearWhichProducerItIs() {
		assertThat(this.rule.check(setup((listener) -> {
		}).withProducer("second", (producer) -> producer.transactional("other-")).build())).isEmpty();
	}

	@Test
	void believesTheBrokersOnceTheyAreRead() {
		TestSetup setup = application().withProducer("factory",
				(producer) -> producer.transactional("tx-").code("transaction.timeout.ms", 1_200_000));
		assertThat(new TransactionTimeoutMismatch()
			.check(setup.withCluster((cluster) -> cluster.broker("transaction.max.timeout.ms", "1800000")).build()))
			.isEmpty();
	}

	@Test
	void isAnErrorWhenTheBrokersRefuseIt() {
		assertThat(
				new TransactionTimeoutMismatch().check(
						application()
							.withProducer("factory",
									(producer) -> producer.transactional("tx-")
										.code("transaction.timeout.ms", 1_200_000))
							.withCluster((cluster) -> {
							})
							.build()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding tooLong = this.rule
			.check(producer((producer) -> producer.transactional("tx-").property(KEY, PROPERTY, 3_600_000)))
			.get(0);
		assertThat(tooLong.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(tooLong.evidence()).extracting(Object::toString)
			.containsExactly(KEY + " = 3600000 (application.yml:12:13)");
		assertThat(tooLong.fixes().get(0).text()).isEqualTo(PROPERTY + ": 900000");
		Finding tooShort = check((listener) -> {
		}).get(0);
		assertThat(tooShort.subject()).hasToString("listener 'orders'");
		assertThat(tooShort.evidence()).extracting(Object::toString)
			.containsExactly(KEY + " = 60000 (Kafka client default)",
					"max.poll.interval.ms = 600000 (application.yml:12:13)");
		assertThat(tooShort.fixes().get(0).text()).isEqualTo(PROPERTY + ": 600000");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(setup(customizer).build());
	}

	private static TestSetup setup(Consumer<ListenerBuilder> customizer) {
		return application().withProducer("first", (producer) -> producer.transactional("tx-"))
			.withListener("orders", (listener) -> {
				listener.type = ContainerSetup.Type.BATCH;
				listener.transactional = true;
				listener.property("max.poll.interval.ms", "spring.kafka.consumer.max-poll-interval", 600_000);
				customizer.accept(listener);
			});
	}

}
