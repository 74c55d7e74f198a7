package io.github.kafkaguardrails.metrics;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsMeter}. */
class KafkaGuardrailsMeterTests {

	@Test
	void namesAreUniqueAndShareOnePrefix() {
		assertThat(Arrays.stream(KafkaGuardrailsMeter.values()).map(KafkaGuardrailsMeter::meterName)).isNotEmpty()
			.doesNotHaveDuplicates()
			.allSatisfy((name) -> assertThat(name).matches("kafka\\.guardrails(\\.[a-z]+)+"));
	}

	@Test
	void everyMeterSaysWhatItMeans() {
		assertThat(KafkaGuardrailsMeter.values()).isNotEmpty().allSatisfy((meter) -> {
			assertThat(meter.meaning()).matches("[A-Z].*[^.]");
			assertThat(meter.unit()).isNotBlank();
			assertThat(meter.tags()).isNotEmpty().doesNotHaveDuplicates();
		});
	}

}
