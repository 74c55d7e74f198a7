package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingAmbiguousHandlers}. */
class ErrorHandlingAmbiguousHandlersTests {

	private static final String HANDLER = "CommonErrorHandler";

	private final ErrorHandlingAmbiguousHandlers rule = new ErrorHandlingAmbiguousHandlers();

	@ParameterizedTest
	@CsvSource({ "SPRING_DEFAULT, ERROR", "GUARDRAILS, WARNING" })
	void flagsTwoErrorHandlersOfWhichAListenerHasNone(Kind kind, Severity severity) {
		assertThat(check(HANDLER, kind, (listener) -> {
		})).extracting(Finding::severity).containsExactly(severity);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "SPRING_DEFAULT", "GUARDRAILS" })
	void ignoresListenersWithAHandlerOfTheirOwn(Kind kind) {
		assertThat(check(HANDLER, kind, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresAnApplicationWithoutListeners() {
		assertThat(this.rule.check(application().withAmbiguousBeans(HANDLER, "one", "two").build())).isEmpty();
	}

	@Test
	void ignoresShareGroupsAndContainersThatAreNotTheUsers() {
		assertThat(check(HANDLER, Kind.SPRING_DEFAULT, (listener) -> listener.type = ContainerSetup.Type.SHARE))
			.isEmpty();
		assertThat(check(HANDLER, Kind.SPRING_DEFAULT, (listener) -> listener.role = ListenerSetup.Role.MANUAL))
			.isEmpty();
	}

	@Test
	void flagsAfterRollbackProcessorsOnlyForTransactions() {
		assertThat(check("AfterRollbackProcessor", Kind.SPRING_DEFAULT, (listener) -> listener.transactional = true))
			.extracting(Finding::severity)
			.containsExactly(Severity.WARNING);
		assertThat(check("AfterRollbackProcessor", Kind.SPRING_DEFAULT, (listener) -> {
		})).isEmpty();
	}

	@Test
	void flagsTransactionManagersOnlyWithoutTransactions() {
		assertThat(check("KafkaAwareTransactionManager", Kind.GUARDRAILS, (listener) -> {
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).endsWith("the container is not transactional."));
		assertThat(check("KafkaAwareTransactionManager", Kind.GUARDRAILS, (listener) -> listener.transactional = true))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RecordInterceptor", "ConsumerAwareRebalanceListener", "RecordFilterStrategy",
			"KafkaAwareTransactionManager" })
	void judgesOnlyContainersOfTheBootFactoryWhereTheBeanCannotBeSeen(String type) {
		assertThat(check(type, Kind.GUARDRAILS, (listener) -> {
		})).hasSize(1);
		assertThat(check(type, Kind.GUARDRAILS, (listener) -> listener.factory = "ordersFactory")).isEmpty();
	}

	@Test
	void onlyInformsAboutFiltersWhichListenersMayName() {
		assertThat(check("RecordFilterStrategy", Kind.GUARDRAILS, (listener) -> {
		})).extracting(Finding::severity).containsExactly(Severity.INFO);
	}

	@Test
	void ignoresTypesThatItDoesNotKnow() {
		assertThat(check("ProducerListener", Kind.SPRING_DEFAULT, (listener) -> {
		})).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(HANDLER, Kind.SPRING_DEFAULT, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("CommonErrorHandler = one, two (beans of the application)");
		assertThat(finding.harm()).isEqualTo(
				"Spring Boot uses a CommonErrorHandler only when there is exactly one, so it uses none of these: "
						+ "Spring's default logs and skips failing records.");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("mark one of these beans @Primary",
					"set the bean on each container factory that needs it");
	}

	private List<Finding> check(String type, Kind kind, Consumer<ListenerBuilder> customizer) {
		return this.rule
			.check(application().withAmbiguousBeans(type, "one", "two").withListener("orders-listener", (listener) -> {
				listener.errorHandling = ErrorHandlingSetup.of(kind, "some handling");
				customizer.accept(listener);
			}).build());
	}

}
