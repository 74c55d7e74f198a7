package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.internals.BufferPool;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link ProducerBufferTooSmall}. */
class ProducerBufferTooSmallTests {

	private final ProducerBufferTooSmall rule = new ProducerBufferTooSmall();

	private static final String BUFFER = "spring.kafka.producer.buffer-memory";

	private static final String BATCH = "spring.kafka.producer.batch-size";

	@Test
	void refusesABufferThatCannotHoldABatch() {
		assertThat(check((producer) -> producer.property("buffer.memory", BUFFER, 16383))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.ERROR);
		assertThat(check((producer) -> producer.property("batch.size", BATCH, 33554433))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.ERROR);
	}

	@Test
	void warnsOfABufferThatCannotHoldALargeRecord() {
		assertThat(check((producer) -> producer.property("buffer.memory", BUFFER, 16384))).singleElement()
			.extracting(Finding::severity)
			.isEqualTo(Severity.WARNING);
		assertThat(check((producer) -> producer.property("buffer.memory", BUFFER, 1048575))).hasSize(1);
	}

	@Test
	void ignoresABufferThatHoldsTheLargestRecord() {
		assertThat(check((producer) -> producer.property("buffer.memory", BUFFER, 1048576))).isEmpty();
		assertThat(check((producer) -> producer.code("buffer.memory", 20000).code("max.request.size", 20000)))
			.isEmpty();
	}

	@Test
	void ignoresTheClientDefaults() {
		assertThat(check((producer) -> {
		})).isEmpty();
	}

	@Test
	void onlyWarnsWhereTheFactoryMayChangeTheValues() {
		assertThat(check((producer) -> {
			producer.property("buffer.memory", BUFFER, 100);
			producer.customized = true;
		})).singleElement().extracting(Finding::severity).isEqualTo(Severity.WARNING);
	}

	@Test
	void leavesValuesThatTheClientRefusesToTheOtherRules() {
		assertThat(check((producer) -> producer.property("buffer.memory", BUFFER, "little"))).isEmpty();
		assertThat(check((producer) -> producer.property("batch.size", BATCH, "huge"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((producer) -> producer.property("buffer.memory", BUFFER, 8192)).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.harm()).contains("every send fails");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("buffer.memory = 8192 (application.yml:12:13)",
					"batch.size = 16384 (Kafka client default)");
		assertThat(finding.fixes()).containsExactly(Fix.set(BUFFER, "32MB"));
		assertThat(check((producer) -> producer.code("max.request.size", 41943040)).get(0).fixes())
			.containsExactly(Fix.set(BUFFER, "80MB"));
	}

	@Test
	void isRightThatTheClientRefusesToAllocate() {
		assertThatThrownBy(() -> new BufferPool(100, 200, new Metrics(), Time.SYSTEM, "test").allocate(200, 0))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("hard limit");
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer(customizer));
	}

}
