package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners of share groups with the default recoverer, which rejects, or with the
 * implicit mode, which accepts whatever happens.
 *
 * <p>
 * Why it hurts: a database is away for ten seconds. Each record that arrives meanwhile
 * fails once, is rejected, and is never delivered again; Kafka 4.2 has no dead-letter
 * topic for share groups, and error handlers do not apply to them.
 *
 * <p>
 * Wrong: a {@code ShareKafkaListenerContainerFactory} without a recoverer. Right:
 * {@code setShareConsumerRecordRecoverer} with one that returns {@code RELEASE} for
 * errors that may pass, and that publishes the record somewhere before it returns
 * {@code REJECT}.
 *
 * <p>
 * Legitimate for records that may be lost: waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/kafka-queues.html">Kafka queues
 * (share consumer)</a>
 */
@Pitfall(id = "listener-share-failure-drops-record",
		title = "A failing record of a share group is dropped at the first exception", severity = Severity.WARNING,
		why = "A rejected record is never delivered again, and there is no dead-letter topic for share groups.",
		remedy = "a ShareConsumerRecordRecoverer that releases what may succeed later", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerShareFailureDropsRecord implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.listeners()
			.stream()
			.filter((listener) -> listener.container().type() == ContainerSetup.Type.SHARE
					&& (implicit(listener) || listener.errorHandling().kind() == Kind.REJECTING))
			.map(ListenerShareFailureDropsRecord::finding)
			.toList();
	}

	private static boolean implicit(ListenerSetup listener) {
		return "IMPLICIT".equals(listener.container().ackMode());
	}

	private static Finding finding(ListenerSetup listener) {
		if (implicit(listener)) {
			return Finding
				.of(listener.subject(),
						"A failing record counts as processed: in this mode the broker accepts whatever was delivered.")
				.withEvidence(listener.fact("ack mode", listener.container().ackMode()))
				.withFix(Fix.action("set ShareAckMode.EXPLICIT in the container properties of the container factory"))
				.withFix(recoverer());
		}
		return Finding
			.of(listener.subject(),
					"A failing record is rejected at the first exception: it is never delivered again, and there is no "
							+ "dead-letter topic for share groups.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(recoverer());
	}

	private static Fix recoverer() {
		return Fix
			.action("set a ShareConsumerRecordRecoverer that returns RELEASE for errors that may pass, and publishes "
					+ "the record before it returns REJECT");
	}

}
