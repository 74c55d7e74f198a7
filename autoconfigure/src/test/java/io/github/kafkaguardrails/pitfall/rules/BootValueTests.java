package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link BootValue}. */
class BootValueTests {

	@ParameterizedTest
	@CsvSource({ "5s, PT5S", "5000, PT5S", "5000ms, PT5S", "PT5S, PT5S", "1m, PT1M", "1D, PT24H", "manual, MANUAL",
			"manual-immediate, MANUAL_IMMEDIATE", "TRUE, true", "on, true", "no, false", "3, 3", "3, 3.0", "1, 1",
			"'', MANUAL", "${mode}, MANUAL", "' 5s ', PT5S", "soon, PT5S", "maybe, true", "many, 3" })
	void isNotSureOrEqual(String configured, String actual) {
		assertThat(BootValue.differs("spring.kafka.listener.x", configured, actual)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "5s, PT6S", "5000, PT5000S", "500us, PT0.5S", "1h, PT1M", "manual, BATCH", "true, false", "off, true",
			"3, 1", "1, 12", "2.5, 3.0", "10s, ''" })
	void meansSomethingElse(String configured, String actual) {
		assertThat(BootValue.differs("spring.kafka.listener.x", configured, actual)).isTrue();
	}

	@Test
	void readsPlainNumbersOfTheMonitorIntervalAsSeconds() {
		assertThat(BootValue.differs("spring.kafka.listener.monitor-interval", 30, "PT30S")).isFalse();
		assertThat(BootValue.differs("spring.kafka.listener.monitor-interval", 30000, "PT30S")).isTrue();
	}

	@Test
	void comparesObjectsAndIgnoresMissingValues() {
		assertThat(BootValue.differs("spring.kafka.listener.poll-timeout", Duration.ofSeconds(5), "PT5S")).isFalse();
		assertThat(BootValue.differs("spring.kafka.listener.poll-timeout", null, "PT5S")).isFalse();
	}

}
