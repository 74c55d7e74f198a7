package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners with retry topics of Spring Kafka that have no dead-letter topic.
 *
 * <p>
 * Why it hurts: the retries take five minutes, the outage takes ten. What failed in the
 * first five is dropped after its last attempt with a line in the log.
 *
 * <p>
 * Wrong: {@code @RetryableTopic(dltStrategy = DltStrategy.NO_DLT)}. Right: the annotation
 * without it, or {@code DltStrategy.FAIL_ON_ERROR}.
 *
 * <p>
 * Legitimate for records that may be lost: waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/retrytopic/dlt-strategies.html">DLT
 * strategies</a>
 */
@Pitfall(id = "error-handling-retry-topic-no-dlt", title = "Retries end in nothing", severity = Severity.WARNING,
		why = "After the last attempt the record is dropped with a log line.",
		remedy = "dltStrategy = DltStrategy.FAIL_ON_ERROR", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingRetryTopicNoDlt implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.RETRY_TOPIC && listener.retryTopics() != null
					&& !listener.retryTopics().deadLetter())
			.map(ErrorHandlingRetryTopicNoDlt::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		return Finding
			.of(listener.subject(),
					"After the last attempt a record is dropped: nothing but a line in the log is left.")
			.withEvidence(listener.fact("dead-letter topic", "none"))
			.withFix(Fix.action("set dltStrategy = DltStrategy.FAIL_ON_ERROR, or leave it out: there is a dead-letter "
					+ "topic by default"));
	}

}
