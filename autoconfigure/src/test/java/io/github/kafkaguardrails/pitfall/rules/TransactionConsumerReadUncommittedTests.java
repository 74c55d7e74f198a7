package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionConsumerReadUncommitted}. */
class TransactionConsumerReadUncommittedTests {

	private static final String PROPERTY = "spring.kafka.consumer.isolation-level";

	private final TransactionConsumerReadUncommitted rule = new TransactionConsumerReadUncommitted();

	@Test
	void flagsBootsDefaultInATransactionalApplicationAndIgnoresItElsewhere() {
		assertThat(check((listener) -> {
		})).hasSize(1);
		assertThat(this.rule.check(application().withProducer("plain", (producer) -> {
		}).withListener("orders-listener", (listener) -> {
		}).build())).isEmpty();
	}

	@Test
	void ignoresReadCommitted() {
		assertThat(check((listener) -> listener.code("isolation.level", "read_committed"))).isEmpty();
	}

	@Test
	void deletesTheRawKeyThatWouldWinOverTheProperty() {
		String raw = "spring.kafka.consumer.properties.isolation.level";
		assertThat(check((listener) -> listener.property("isolation.level", raw, "read_uncommitted"))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.delete(raw),
					Fix.set(PROPERTY, "read-committed")));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("isolation.level = read_uncommitted (Spring default)");
		assertThat(finding.harm()).contains("what an aborted transaction wrote");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "read-committed"));
	}

	private List<Finding> check(Consumer<TestSetup.ListenerBuilder> listener) {
		return this.rule
			.check(application().withProducer("transactional", (producer) -> producer.transactional("orders-"))
				.withListener("orders-listener", listener)
				.build());
	}

}
