package io.github.kafkaguardrails.setup;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PropertySetup}. */
class PropertySetupTests {

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.listener.ack-mode", "spring.kafka.listener.ackMode",
			"spring.kafka.listener.ack_mode", "SPRING_KAFKA_LISTENER_ACKMODE" })
	void findsAPropertyInEverySpelling(String spelling) {
		assertThat(properties(spelling).find("spring.kafka.listener.ack-mode")).hasSize(1);
	}

	@Test
	void doesNotFindAnotherProperty() {
		assertThat(properties("spring.kafka.listener.ack-time").find("spring.kafka.listener.ack-mode")).isEmpty();
	}

	private static PropertySetup properties(String name) {
		return new PropertySetup(List.of(ConfigValue.of(name, "x", ValueOrigin.property(name, TestSetup.FILE))),
				List.of());
	}

}
