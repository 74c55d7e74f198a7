package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingBackoffExceedsPollInterval}. */
class ErrorHandlingBackoffExceedsPollIntervalTests {

	private final ErrorHandlingBackoffExceedsPollInterval rule = new ErrorHandlingBackoffExceedsPollInterval();

	@Test
	void flagsAPauseOfMoreThanHalfTheDefaultInterval() {
		assertThat(check(Duration.ofSeconds(151), false, (listener) -> {
		})).singleElement().satisfies((finding) -> assertThat(finding.harm()).contains("with a slow record"));
	}

	@Test
	void ignoresAPauseOfHalfTheInterval() {
		assertThat(check(Duration.ofSeconds(150), false, (listener) -> {
		})).isEmpty();
	}

	@Test
	void saysThatTheWholeIntervalEvictsAtEveryRetry() {
		assertThat(check(Duration.ofMinutes(5), false, (listener) -> {
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("evicted from its group at every such retry"));
	}

	@Test
	void doesNotAddUpThePauses() {
		assertThat(this.rule
			.check(listener((listener) -> listener.errorHandling = new ErrorHandlingSetup(Kind.DEAD_LETTER,
					"many short pauses", new BackOffSetup(100, Duration.ofMinutes(1), Duration.ofMinutes(100), false),
					null, List.of()))))
			.isEmpty();
	}

	@Test
	void ignoresHandlersThatKeepPolling() {
		assertThat(check(Duration.ofMinutes(10), true, (listener) -> {
		})).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = ContainerSetup.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "RECORD")
	void ignoresListenersThatDoNotTakeSingleRecords(ContainerSetup.Type type) {
		assertThat(check(Duration.ofMinutes(10), false, (listener) -> listener.type = type)).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check(Duration.ofMinutes(10), false, (listener) -> listener.role = ListenerSetup.Role.AUXILIARY))
			.isEmpty();
	}

	@Test
	void ignoresABackOffThatIsNotKnown() {
		assertThat(this.rule
			.check(listener((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.CUSTOM, "some handler"))))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Duration.ofSeconds(610), false, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("max.poll.interval.ms = 300000 (Kafka client default)",
					"longest back-off in ms = 610000 (com.example.Orders#handle)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.consumer.max-poll-interval: 21m",
					"give the error handler a ContainerPausingBackOffHandler, which keeps polling during the pause");
	}

	@Test
	void mendsTheRawKeyWhereTheUserSetIt() {
		assertThat(check(Duration.ofMinutes(1), false,
				(listener) -> listener.property("max.poll.interval.ms",
						"spring.kafka.consumer.properties.max.poll.interval.ms", "60000")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.isEqualTo("spring.kafka.consumer.properties.max.poll.interval.ms: 120000"));
	}

	private List<Finding> check(Duration longest, boolean polling, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = new ErrorHandlingSetup(Kind.DEAD_LETTER, "retry, then dead-letter",
					new BackOffSetup(3, longest, longest, polling), null, List.of());
			customizer.accept(listener);
		}));
	}

}
