package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listener methods that run with {@code @Async} and do not return a
 * {@code CompletableFuture} or a {@code Mono}.
 *
 * <p>
 * Why it hurts: the container sees an immediate success. The pod is killed with two
 * thousand records in the executor's queue, their offsets are committed, and nobody ever
 * processes them. A failure never reaches the error handler, and order is lost.
 *
 * <p>
 * Wrong: {@code @Async @KafkaListener(topics = "orders") void handle(Order order)}.
 * Right: no {@code @Async} and {@code spring.kafka.listener.concurrency: 3}, or a
 * {@code CompletableFuture} as the result, which acknowledges on completion.
 *
 * <p>
 * Legitimate for work that may be lost: waive it for that listener. A method that
 * acknowledges by itself is reported as a warning, because the offset may be committed in
 * time while failures are still not handled.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/async-returns.html">Asynchronous
 * listener results</a>
 */
@Pitfall(id = "listener-async-annotation", title = "@Async on a listener commits the record before the work is done",
		severity = Severity.ERROR,
		why = "The container sees an immediate success: records that fail, or that are queued when the process ends, are lost.",
		remedy = "remove @Async and set spring.kafka.listener.concurrency, or return a CompletableFuture",
		since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerAsyncAnnotation implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			for (ListenerMethod method : listener.methods()) {
				if (method.async() && method.returnKind() != ListenerMethod.ReturnKind.ASYNCHRONOUS) {
					findings.add(finding(listener, method));
				}
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener, ListenerMethod method) {
		Severity severity = severity(listener, method);
		String harm = (severity == Severity.WARNING)
				? "The container sees an immediate success: a failure never reaches the error handler, and the next acknowledgment commits past the failed record."
				: "The container sees an immediate success and commits: a record that fails, or that is queued when the process ends, is lost.";
		return Finding.of(listener.subject(), harm)
			.withSeverity(severity)
			.withEvidence(listener.fact("@Async", method.name()))
			.withFix(Fix.action("remove @Async from the method and its class"))
			.withFix(Fix.set("spring.kafka.listener.concurrency", 3))
			.withFix(Fix.action("return a CompletableFuture, which acknowledges on completion"));
	}

	private static Severity severity(ListenerSetup listener, ListenerMethod method) {
		boolean acknowledges = listener.container().manualAck()
				&& method.acknowledgment() != ListenerMethod.AcknowledgmentParameter.NONE;
		// not certain: the method may acknowledge when its work is done
		return acknowledges ? Severity.WARNING : Severity.ERROR;
	}

}
