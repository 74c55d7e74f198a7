package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.EndedRecords;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags listeners with records that went to a dead-letter topic, were skipped, or could
 * not even be brought to an end in the last hour; one finding for each source topic and
 * exception. Only listeners whose failing records Kafka Guardrails handles are seen.
 *
 * <p>
 * Why it hurts: a release could not read one field any more. The records went to the
 * dead-letter topic as they should, and were found there three weeks later by a customer.
 *
 * <p>
 * Wrong: {@code then: dead-letter} and nobody who looks. Right: an alert on the metric
 * {@code kafka.guardrails.records.ended}, and a replay when the cause is mended.
 *
 * <p>
 * Legitimate for records that are expected to be wrong now and then: waive it for that
 * listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#dead-letters">Dead
 * letters</a>
 */
@Pitfall(id = "error-handling-records-dead-lettered", title = "Records are being parked or skipped",
		severity = Severity.WARNING,
		why = "A dead-letter topic that nobody watches is a loss of data with extra steps.",
		remedy = "alert on kafka.guardrails.records.ended, and replay the records when the cause is mended",
		scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingRecordsDeadLettered implements PitfallRule {

	private static final Duration WINDOW = Duration.ofHours(1);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.activity()
			.endings()
			.stream()
			.filter((ended) -> ended.last().compareTo(WINDOW) <= 0)
			.map((ended) -> finding(setup, ended))
			.toList();
	}

	private static Finding finding(KafkaSetup setup, EndedRecords ended) {
		Optional<ListenerSetup> listener = setup.listeners()
			.stream()
			.filter((candidate) -> candidate.id().equals(ended.listener()))
			.findFirst();
		Finding finding = Finding.of(new Subject(Subject.Kind.LISTENER, ended.listener()), harm(listener, ended))
			.withEvidence(ActivitySetup.fact("records since the start", ended.count()))
			.withEvidence(ActivitySetup.fact("source topic", ended.topic()))
			.withEvidence(ActivitySetup.fact("exception", ended.exception()));
		String group = listener.map(ListenerSetup::groupId).orElse(null);
		if (group != null) {
			finding = finding.withEvidence(ActivitySetup.fact("group", group));
		}
		return finding.withFix(Fix.action(remedy(ended.outcome())));
	}

	private static String remedy(EndedRecords.Outcome outcome) {
		return switch (outcome) {
			case DEAD_LETTERED ->
				"mend the cause, then replay the dead letters; alert on kafka.guardrails.records.ended";
			case SKIPPED -> "mend the cause; choose then: dead-letter if these records matter";
			case FAILED ->
				"mend what keeps the record from being written (topic, permission, size, brokers), then restart the listener";
		};
	}

	private static String harm(Optional<ListenerSetup> listener, EndedRecords ended) {
		return switch (ended.outcome()) {
			case DEAD_LETTERED -> "Records that the listener cannot process wait in " + deadLetters(listener, ended)
					+ ": without somebody who looks after it they are as good as lost.";
			case SKIPPED -> "Records that the listener cannot process are logged and lost.";
			case FAILED ->
				"A record can neither be processed nor be given up: its partition stands still, or the listener has stopped.";
		};
	}

	private static String deadLetters(Optional<ListenerSetup> listener, EndedRecords ended) {
		return listener.map((setup) -> setup.errorHandling().deadLetter())
			.flatMap((deadLetter) -> deadLetter.topicOf(ended.topic()))
			.map((topic) -> "'" + topic + "'")
			.orElse("the dead-letter topic");
	}

}
