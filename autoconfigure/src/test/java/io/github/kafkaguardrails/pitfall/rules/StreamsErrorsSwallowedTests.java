package io.github.kafkaguardrails.pitfall.rules;

import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsErrorsSwallowed}. */
class StreamsErrorsSwallowedTests {

	private static final String NEW = "deserialization.exception.handler";

	private static final String OLD = "default.deserialization.exception.handler";

	private static final String CONTINUE = LogAndContinueExceptionHandler.class.getName();

	private final StreamsErrorsSwallowed rule = new StreamsErrorsSwallowed();

	@ParameterizedTest
	@ValueSource(strings = { NEW, OLD })
	void flagsAHandlerThatGoesOn(String key) {
		assertThat(this.rule.check(streams((streams) -> streams.code(key, CONTINUE)))).hasSize(1);
	}

	@Test
	void flagsAHandlerOfProcessing() {
		assertThat(this.rule.check(streams((streams) -> streams.code("processing.exception.handler",
				LogAndContinueProcessingExceptionHandler.class))))
			.hasSize(1);
	}

	@Test
	void ignoresTheDefaultsWhichFail() {
		assertThat(this.rule.check(streams((streams) -> {
		}))).isEmpty();
	}

	@Test
	void ignoresATopicForDeadLetters() {
		assertThat(this.rule.check(streams(
				(streams) -> streams.code(NEW, CONTINUE).code("errors.dead.letter.queue.topic.name", "orders-dlt"))))
			.isEmpty();
	}

	@Test
	void ignoresTheDeprecatedKeyBesideTheNewOne() {
		assertThat(this.rule.check(streams(
				(streams) -> streams.code(OLD, CONTINUE).code(NEW, LogAndFailExceptionHandler.class.getName()))))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.kafka.streams.RecoveringDeserializationExceptionHandler",
			"com.example.LogAndContinueHandler" })
	void ignoresHandlersThatMayRecover(String handler) {
		assertThat(this.rule.check(streams((streams) -> streams.code(NEW, handler)))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(streams((streams) -> streams.property(NEW, "spring.kafka.streams.properties." + NEW, CONTINUE)))
			.get(0);
		assertThat(finding.subject()).hasToString("streams 'defaultKafkaStreamsBuilder'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(NEW + " = " + CONTINUE + " (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("spring.kafka.streams.properties.errors.dead.letter.queue.topic.name: orders-dlt");
	}

}
