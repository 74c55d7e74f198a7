package io.github.kafkaguardrails.pitfall.rules;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerBackpressure}. */
class ProducerBackpressureTests {

	private final ProducerBackpressure rule = new ProducerBackpressure();

	@Test
	void flagsAProducerThatLetsItsCallersWait() {
		assertThat(this.rule.check(setup((producer) -> producer.values("bufferpool-wait-ratio", 0, 0.2, 0.11, 0.3))))
			.hasSize(1);
	}

	@Test
	void ignoresTwoBadMinutes() {
		assertThat(this.rule.check(setup((producer) -> producer.values("bufferpool-wait-ratio", 0.1, 0.2, 0.3))))
			.isEmpty();
		assertThat(this.rule.check(setup((producer) -> producer.values("bufferpool-wait-ratio", 0.2, 0.3)))).isEmpty();
	}

	@Test
	void flagsAProducerThatIsThrottled() {
		assertThat(this.rule.check(setup((producer) -> producer.values("produce-throttle-time-avg", 1, 2, 3))))
			.hasSize(1);
		assertThat(this.rule.check(setup((producer) -> producer.values("produce-throttle-time-avg", 1, 0, 3))))
			.isEmpty();
	}

	@Test
	void flagsASingleRecordThatFoundNoRoom() {
		assertThat(this.rule.check(setup((producer) -> producer.values("buffer-exhausted-total", 1, 2)))).hasSize(1);
		assertThat(this.rule.check(setup((producer) -> producer.values("buffer-exhausted-total", 2, 2)))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(setup((producer) -> producer.values("bufferpool-wait-ratio", 0.2, 0.2, 0.254)
				.values("buffer-exhausted-total", 0, 0, 7)
				.values("produce-throttle-time-avg", 10, 10, 10)))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.harm()).contains("send() blocks");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("bufferpool-wait-ratio = 25 % (observed while running)",
					"records refused, buffer full = 7 (observed while running)",
					"produce-throttle-time-avg in ms = 10 (observed while running)");
		assertThat(finding.fixes()).extracting(Fix::text)
			.contains("spring.kafka.producer.buffer-memory: 16MB",
					"spring.kafka.producer.properties.max.block.ms: 5000");
	}

	private static KafkaSetup setup(Consumer<TestActivity.ClientBuilder> customizer) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
		}).withActivity((activity) -> activity.producer(customizer)).build();
	}

}
