package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingLogAndSkip}. */
class ErrorHandlingLogAndSkipTests {

	private final ErrorHandlingLogAndSkip rule = new ErrorHandlingLogAndSkip();

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "SPRING_DEFAULT", "LOG_AND_SKIP" })
	void flagsHandlingThatSkipsInTheEnd(Kind kind) {
		assertThat(check(kind, (listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "SPRING_DEFAULT", "LOG_AND_SKIP" })
	void ignoresEveryOtherHandling(Kind kind) {
		assertThat(check(kind, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresTransactions() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.transactional = true)).isEmpty();
	}

	@Test
	void ignoresShareGroups() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void saysThatABatchListenerLosesTheBatch() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.type = ContainerSetup.Type.BATCH)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("the whole batch of a failing record"));
	}

	@Test
	void saysThatSafeDefaultsAreOffAndHowToMend() {
		Finding finding = check(Kind.SPRING_DEFAULT, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("kafka.guardrails.safeDefaults = false (application.yml:12:13)");
		assertThat(finding.harm()).isEqualTo("kafka.guardrails.safe-defaults is false, so Spring's default applies: "
				+ "after ten immediate attempts a failing record is logged, committed and lost.");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("kafka.guardrails.listeners.orders-listener.retry.mode: blocking",
					"kafka.guardrails.listeners.orders-listener.then: dead-letter",
					"kafka.guardrails.safe-defaults: true");
	}

	@Test
	void saysWhatToDoWithTheHandlerOfTheUser() {
		Finding finding = check(Kind.LOG_AND_SKIP,
				(listener) -> listener.errorHandling = new ErrorHandlingSetup(Kind.LOG_AND_SKIP,
						"3 attempts, then log and skip",
						new BackOffSetup(2, Duration.ofSeconds(1), Duration.ofSeconds(2), false), null, List.of()))
			.get(0);
		assertThat(finding.evidence()).singleElement()
			.hasToString("error handling = 3 attempts, then log and skip (com.example.Orders#handle)");
		assertThat(finding.harm()).isEqualTo(
				"Your handler has no recoverer: after 3 attempts a failing record is logged, committed and lost.");
		assertThat(finding.fixes()).hasSize(3);
		assertThat(finding.fixes().get(2).text()).startsWith("remove your error handler bean")
			.contains("new DeadLetterPublishingRecoverer(template)");
	}

	@Test
	void doesNotCountTheAttemptsOfAHandlerThatNeverGivesUp() {
		assertThat(
				check(Kind.LOG_AND_SKIP,
						(listener) -> listener.errorHandling = new ErrorHandlingSetup(Kind.LOG_AND_SKIP, "unlimited",
								new BackOffSetup(BackOffSetup.UNLIMITED, Duration.ofSeconds(1), Duration.ofSeconds(9),
										false),
								null, List.of())))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("when it gives up, a failing record"));
	}

	@Test
	void pointsToTheDefaultSettingsWhenTheListenerHasNoId() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.explicitId = false)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.isEqualTo("kafka.guardrails.listeners.default.retry.mode: blocking"));
	}

	@Test
	void putsAnIdWithDotsIntoBrackets() {
		assertThat(this.rule.check(
				application()
					.withListener("orders.v1",
							(listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.SPRING_DEFAULT,
									"default"))
					.build()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(1).text())
				.isEqualTo("kafka.guardrails.listeners[orders.v1].then: dead-letter"));
	}

	private List<Finding> check(Kind kind, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withProperty("kafka.guardrails.safeDefaults", false)
			.withListener("orders-listener", (listener) -> {
				listener.errorHandling = ErrorHandlingSetup.of(kind, "log and skip");
				customizer.accept(listener);
			})
			.build());
	}

}
