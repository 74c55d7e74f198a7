package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;
import io.github.kafkaguardrails.setup.ListenerSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerAsyncAnnotation}. */
class ListenerAsyncAnnotationTests {

	private final ListenerAsyncAnnotation rule = new ListenerAsyncAnnotation();

	@ParameterizedTest
	@EnumSource(value = ReturnKind.class, mode = EnumSource.Mode.EXCLUDE, names = "ASYNCHRONOUS")
	void flagsAsyncMethodsThatSpringDoesNotWaitFor(ReturnKind returnKind) {
		assertThat(check(method(true, returnKind, AcknowledgmentParameter.NONE), "BATCH")).extracting(Finding::severity)
			.containsExactly(Severity.ERROR);
	}

	@Test
	void ignoresAsyncMethodsWithAnAsynchronousResult() {
		assertThat(check(method(true, ReturnKind.ASYNCHRONOUS, AcknowledgmentParameter.NONE), "BATCH")).isEmpty();
	}

	@Test
	void ignoresMethodsThatRunOnTheConsumerThread() {
		assertThat(check(method(false, ReturnKind.SYNCHRONOUS, AcknowledgmentParameter.NONE), "BATCH")).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.methods = List.of(method(true, ReturnKind.SYNCHRONOUS, AcknowledgmentParameter.NONE));
			listener.role = ListenerSetup.Role.AUXILIARY;
		}))).isEmpty();
	}

	@Test
	void onlyWarnsWhenTheMethodAcknowledgesByItself() {
		assertThat(check(method(true, ReturnKind.SYNCHRONOUS, AcknowledgmentParameter.NULLABLE), "MANUAL"))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.WARNING);
				assertThat(finding.harm()).contains("the next acknowledgment commits past the failed record");
			});
	}

	@Test
	void isAnErrorWhenTheContainerCommitsInSpiteOfTheParameter() {
		assertThat(check(method(true, ReturnKind.SYNCHRONOUS, AcknowledgmentParameter.NON_NULL), "BATCH"))
			.extracting(Finding::severity)
			.containsExactly(Severity.ERROR);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(method(true, ReturnKind.SYNCHRONOUS, AcknowledgmentParameter.NONE), "BATCH").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("@Async = com.example.Orders#handle (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("a record that fails, or that is queued when the process ends, is lost");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("remove @Async from the method and its class", "spring.kafka.listener.concurrency: 3",
					"return a CompletableFuture, which acknowledges on completion");
	}

	private static ListenerMethod method(boolean async, ReturnKind returnKind, AcknowledgmentParameter parameter) {
		return new ListenerMethod("com.example.Orders", "handle", parameter, false, returnKind, "void", async,
				"java.lang.String");
	}

	private List<Finding> check(ListenerMethod method, String ackMode) {
		return this.rule.check(listener((listener) -> {
			listener.methods = List.of(method);
			listener.ackMode = ackMode;
		}));
	}

}
