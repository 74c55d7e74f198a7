package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerRetriesLimited}. */
class ProducerRetriesLimitedTests {

	private final ProducerRetriesLimited rule = new ProducerRetriesLimited();

	private static final String PROPERTY = "spring.kafka.producer.retries";

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 10 })
	void warnsOfFewRetries(int retries) {
		assertThat(check((producer) -> producer.property("retries", PROPERTY, retries))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.WARNING);
	}

	@Test
	void informsAboutMoreRetries() {
		assertThat(check((producer) -> producer.code("retries", "11"))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.INFO);
	}

	@Test
	void ignoresTheHighestNumberWrittenDown() {
		assertThat(check((producer) -> producer.property("retries", PROPERTY, Integer.MAX_VALUE))).isEmpty();
	}

	@Test
	void ignoresTheClientDefaultAndWhatSpringSupplies() {
		assertThat(check((producer) -> {
		})).isEmpty();
		assertThat(check((producer) -> producer.framework("retries", 3))).isEmpty();
	}

	@Test
	void ignoresNoRetriesWhereRecordsMayBeLost() {
		assertThat(check((producer) -> producer.property("retries", PROPERTY, 0).code("acks", "1"))).isEmpty();
		assertThat(check((producer) -> producer.property("retries", PROPERTY, 1).code("acks", "1"))).hasSize(1);
	}

	@Test
	void leavesValuesThatTheClientRefusesToTheOtherRules() {
		assertThat(check((producer) -> producer.transactional("orders-").property("retries", PROPERTY, 0))).isEmpty();
		assertThat(check((producer) -> producer.property("retries", PROPERTY, -1))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((producer) -> producer.property("retries", PROPERTY, 3)).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("retries = 3 (application.yml:12:13)",
					"delivery.timeout.ms = 120000 (Kafka client default)");
		assertThat(finding.harm()).startsWith(
				"The retries are spent after pauses of 0.7 s in all, although delivery.timeout.ms allows 120 s");
		assertThat(finding.fixes().get(0)).isEqualTo(Fix.delete(PROPERTY));
		assertThat(check((producer) -> producer.property("retries", PROPERTY, 10)).get(0).harm()).contains(" 7.5 s ");
		assertThat(check((producer) -> producer.property("retries", PROPERTY, 0)).get(0).harm())
			.startsWith("The first transient error fails a record");
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer(customizer));
	}

}
