package io.github.kafkaguardrails.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.github.kafkaguardrails.pitfall.PitfallReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests for {@link KafkaGuardrailsPreinitializer}. */
class KafkaGuardrailsPreinitializerTests {

	@Test
	void isFoundBySpringBoot() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(KafkaGuardrailsPreinitializer.class);
	}

	@Test
	void inspectsWhatRealApplicationsHave() {
		// Spring Boot drops what it throws, and the start-up is slower without a word
		assertThatNoException().isThrownBy(new KafkaGuardrailsPreinitializer()::preinitialize);
		PitfallReport report = KafkaGuardrailsPreinitializer.inspect();
		assertThat(report.rules()).isGreaterThan(20);
		assertThat(report.findings()).isEmpty();
	}

}
