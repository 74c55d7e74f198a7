package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerChurn}. */
class ProducerChurnTests {

	private final ProducerChurn rule = new ProducerChurn();

	@Test
	void flagsAFactoryThatKeepsCreatingProducers() {
		assertThat(this.rule.check(setup(false, (activity) -> activity.created("kafkaProducerFactory", 21, 3))))
			.hasSize(1);
	}

	@Test
	void ignoresTwentyProducersInTenMinutes() {
		assertThat(this.rule.check(setup(false, (activity) -> activity.created("kafkaProducerFactory", 20, 20))))
			.isEmpty();
	}

	@Test
	void ignoresTheWarmUp() {
		assertThat(this.rule.check(setup(false, (activity) -> {
			activity.created("kafkaProducerFactory", 200, 3);
			activity.uptime = Duration.ofMinutes(15).minusMillis(1);
		}))).isEmpty();
	}

	@Test
	void letsTheCacheOfATransactionalFactoryGrow() {
		assertThat(this.rule.check(setup(true, (activity) -> activity.created("kafkaProducerFactory", 60, 50))))
			.isEmpty();
		assertThat(this.rule.check(setup(true, (activity) -> activity.created("kafkaProducerFactory", 60, 5))))
			.hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup(false, (activity) -> activity.created("kafkaTemplate", 900, 3))).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("producers created in 10 minutes = 900 (observed while running)",
					"producers open = 3 (observed while running)");
		assertThat(finding.harm()).contains("thread, memory and connections");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains("inject one"));
	}

	private static KafkaSetup setup(boolean transactional, Consumer<TestActivity> customizer) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
			if (transactional) {
				producer.transactional("orders-");
			}
		}).withActivity(customizer).build();
	}

}
