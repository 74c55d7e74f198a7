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
 * Flags listener methods that return a reactive publisher which Spring Kafka does not
 * subscribe to: everything but {@code Mono}, for example {@code Flux}, an RxJava source
 * or a Kotlin {@code Flow}.
 *
 * <p>
 * Why it hurts: the pipeline is assembled and never executed, the offset is committed,
 * and the service that "consumes without lag" has not written a single row.
 *
 * <p>
 * Wrong: {@code Flux<Row> handle(Order order)}. Right:
 * {@code Mono<Void> handle(Order order)}, returning {@code flux.then()}.
 *
 * <p>
 * Legitimate when a custom listener adapter subscribes: waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/async-returns.html">Asynchronous
 * listener results</a>
 */
@Pitfall(id = "listener-unsubscribed-publisher", title = "The listener returns a publisher that nobody subscribes to",
		severity = Severity.ERROR,
		why = "The pipeline is assembled but never executed, and the offset is committed: every record is lost.",
		remedy = "return Mono<Void>, for example flux.then()", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerUnsubscribedPublisher implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			for (ListenerMethod method : listener.methods()) {
				if (method.returnKind() == ListenerMethod.ReturnKind.UNSUBSCRIBED_PUBLISHER) {
					findings.add(finding(listener, method));
				}
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener, ListenerMethod method) {
		return Finding
			.of(listener.subject(),
					"The pipeline is assembled but never executed, and the offset is committed: every record is lost.")
			.withEvidence(listener.fact("return type of " + method.methodName(), method.returnType()))
			.withFix(Fix.action("return Mono<Void>, for example flux.then()"));
	}

}
