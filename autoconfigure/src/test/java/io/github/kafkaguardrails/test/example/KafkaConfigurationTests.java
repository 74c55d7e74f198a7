package io.github.kafkaguardrails.test.example;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.Severity;

import static io.github.kafkaguardrails.test.KafkaGuardrailsAssertions.assertThat;

@DirtiesContext // other tests count the threads of a context
@SpringBootTest(properties = { "kafka.guardrails.enforcement=warn", "spring.kafka.listener.auto-startup=false" })
class KafkaConfigurationTests {

	@Test
	void nothingIsWrong(@Autowired PitfallInspection guardrails) {
		assertThat(guardrails).hasNoFindings(Severity.WARNING).doesNotHaveFinding("producer-acks-not-all");
	}

}
