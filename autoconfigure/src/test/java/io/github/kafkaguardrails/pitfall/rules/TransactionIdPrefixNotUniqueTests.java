package io.github.kafkaguardrails.pitfall.rules;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionIdPrefixNotUnique}. */
class TransactionIdPrefixNotUniqueTests {

	private static final String PROPERTY = "spring.kafka.producer.transaction-id-prefix";

	private final TransactionIdPrefixNotUnique rule = new TransactionIdPrefixNotUnique();

	@ParameterizedTest
	@ValueSource(strings = { "orders-", "${spring.application.name}-", "${spring.application.name:orders}-tx-",
			"${SPRING_APPLICATION_NAME}-${spring.profiles.active}-", "${POD_NAMESPACE}-orders-" })
	void flagsAPrefixThatIsTheSameInAllReplicas(String raw) {
		assertThat(check(raw)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders-${HOSTNAME}-", "${spring.application.name}-${random.uuid}-", "${POD_NAME}-",
			"${orders.prefix:${HOSTNAME}}-", "${spring.application.name:${HOSTNAME}}-", "${orders.transaction-prefix}",
			"orders-#{T(java.util.UUID).randomUUID()}-" })
	void ignoresAPrefixThatDiffersOrMayDiffer(String raw) {
		assertThat(check(raw)).isEmpty();
	}

	@Test
	void ignoresAPrefixMadeByCodeBecauseItMayBeComputed() {
		for (String raw : Arrays.asList(null, "orders-")) {
			assertThat(this.rule
				.check(producer((producer) -> producer.transactionIdPrefix = new ConfigValue("transaction-id-prefix",
						"orders-", raw, ValueOrigin.code("bean 'factory'")))))
				.isEmpty();
		}
	}

	@Test
	void ignoresProducersWithoutTransactions() {
		assertThat(this.rule.check(producer((producer) -> {
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("${spring.application.name}-").get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("transaction-id-prefix = ${spring.application.name}- (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).contains("a second replica fences the first");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "${spring.application.name}-${HOSTNAME}-"));
		assertThat(check("${spring.application.name}-${HOSTNAME}-")).isEmpty();
	}

	private List<Finding> check(String raw) {
		return this.rule
			.check(producer((producer) -> producer.transactionIdPrefix = new ConfigValue("transaction-id-prefix",
					"resolved-", raw, ValueOrigin.property(PROPERTY, TestSetup.FILE))));
	}

}
