package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ApplicationSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerInstanceNotShared}. */
class ProducerInstanceNotSharedTests {

	private final ProducerInstanceNotShared rule = new ProducerInstanceNotShared();

	@ParameterizedTest
	@ValueSource(strings = { "prototype", "request" })
	void flagsFactoriesThatAreMadeAgainAndAgain(String scope) {
		assertThat(this.rule.check(scoped(scope))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "refresh", "application", "custom" })
	void ignoresScopesWithOneObject(String scope) {
		assertThat(this.rule.check(scoped(scope))).isEmpty();
	}

	@Test
	void flagsAProducerForEachThread() {
		assertThat(this.rule.check(producer((producer) -> producer.producerPerThread = true))).hasSize(1);
		assertThat(this.rule.check(producer((producer) -> producer.producerPerThread = false))).isEmpty();
	}

	@Test
	void saysThatVirtualThreadsAreWorse() {
		TestSetup setup = application().withProducer("kafkaProducerFactory",
				(producer) -> producer.producerPerThread = true);
		assertThat(this.rule.check(setup.build()).get(0).harm()).doesNotContain("virtual");
		setup.virtualThreads = true;
		assertThat(this.rule.check(setup.build()).get(0).harm()).contains("with virtual threads");
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(scoped("prototype")).get(0);
		assertThat(finding.subject()).hasToString("producer 'ordersFactory'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("scope = prototype (set in code by bean 'ordersFactory')");
		assertThat(finding.harm()).contains("a producer of its own");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).startsWith("make the factory a singleton"));
	}

	private static KafkaSetup scoped(String scope) {
		TestSetup setup = application();
		setup.scopedProducerFactories.add(new ApplicationSetup.ScopedBean("ordersFactory", scope));
		return setup.build();
	}

}
