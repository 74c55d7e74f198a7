package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.SendActivity;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags producers that gave up records in the last 10 minutes, one finding for each topic
 * and exception as far as a template saw it. Records of a transaction that was rolled
 * back do not count: the caller knows.
 *
 * <p>
 * Why it hurts: the broker was slow for three minutes, {@code delivery.timeout.ms}
 * passed, and every order of the last minute was dropped. The callers had gone on:
 * {@code send} had returned long before.
 *
 * <p>
 * Wrong: {@code template.send("orders", order);} with nobody who looks at the result.
 * Right: {@code template.send("orders", order).whenComplete(...)}, or an outbox for what
 * must not be lost.
 *
 * <p>
 * Legitimate for telemetry that may be lost: waive it for that producer.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/sending-messages.html#kafka-template">Using
 * KafkaTemplate</a>
 */
@Pitfall(id = "producer-send-failures", title = "Records were given up by the producer", severity = Severity.WARNING,
		why = "KafkaTemplate.send is asynchronous: a caller that ignores the future loses the record with only a line in the log.",
		remedy = "handle the future that send() returns, or use a transactional outbox", scope = PitfallScope.ACTIVITY,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerSendFailures implements PitfallRule {

	private static final Duration WINDOW = Duration.ofMinutes(10);

	private static final Metric ERRORS = Metric.of("record-error-total");

	/** A transaction was rolled back; that is what the caller wanted. */
	private static final String ROLLED_BACK = "org.apache.kafka.common.errors.TransactionAbortedException";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		setup.activity()
			.sends()
			.failures()
			.stream()
			.filter((failure) -> failure.last().compareTo(WINDOW) <= 0 && !failure.exception().equals(ROLLED_BACK))
			.forEach((failure) -> findings.add(finding(setup, failure)));
		Set<Subject> explained = Set.copyOf(findings.stream().map(Finding::subject).toList());
		setup.activity()
			.clients()
			.stream()
			.filter((client) -> client.type() == ClientType.PRODUCER && client.increase(ERRORS) > 0)
			.filter((client) -> ObservedProducer.find(setup, client.owner())
				.filter(ProducerSetup::transactional)
				.isEmpty())
			.filter((client) -> !explained.contains(ObservedProducer.subject(setup, client.owner())))
			.forEach((client) -> findings.add(finding(setup, client)));
		return findings;
	}

	private static Finding finding(KafkaSetup setup, SendActivity.Failure failure) {
		String exception = failure.exception().substring(failure.exception().lastIndexOf('.') + 1);
		Finding finding = Finding
			.of(ObservedProducer.subject(setup, failure.template()),
					"Records for topic '" + failure.topic() + "' were given up (" + exception
							+ "): where the caller ignores the future that send() returns, they are lost.")
			.withEvidence(ActivitySetup.fact("records given up", failure.count()));
		SendFailureCause cause = SendFailureCause.of(exception);
		for (String key : cause.keys()) {
			finding = ObservedProducer.find(setup, failure.template())
				.map((producer) -> producer.config().get(key))
				.map(finding::withEvidence)
				.orElse(finding);
		}
		return finding.withFix(Fix.action(cause.remedy()))
			.withFix(Fix.action("handle the future that send() returns, or write to an outbox what must not be lost"));
	}

	private static Finding finding(KafkaSetup setup, ClientActivity client) {
		Finding finding = Finding
			.of(ObservedProducer.subject(setup, client.owner()),
					"Records were given up: where the caller ignores the result of send(), they are lost.")
			.withEvidence(
					ActivitySetup.fact("records given up by " + client.clientId(), (long) client.increase(ERRORS)));
		for (Metric topic : client.metrics(ERRORS.name())) {
			if (topic.topic() != null && client.increase(topic) > 0) {
				finding = finding.withEvidence(
						ActivitySetup.fact("records given up for " + topic.place(), (long) client.increase(topic)));
			}
		}
		return finding.withFix(Fix.action("look for the exception in the log, and handle the result of send()"));
	}

}
