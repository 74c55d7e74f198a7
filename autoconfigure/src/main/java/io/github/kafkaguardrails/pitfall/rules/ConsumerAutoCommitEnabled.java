package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags containers whose consumer commits by itself, on a timer.
 *
 * <p>
 * Why it hurts: the container's ack mode is ignored. Work that was handed to another
 * thread is committed before it is done, so a crash loses it. And since the container
 * unsubscribes before it closes the client, the last commit never happens: every clean
 * deployment delivers the records of the last seconds again.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.enable-auto-commit: true}. Right: {@code false},
 * which is Spring's default, with {@code spring.kafka.listener.ack-mode: batch}.
 *
 * <p>
 * Legitimate for a listener whose records may be lost and repeated: waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_enable.auto.commit">enable.auto.commit</a>
 */
@Pitfall(id = "consumer-auto-commit-enabled",
		title = "The client commits on a timer; the container's acknowledgement logic is bypassed",
		severity = Severity.WARNING,
		why = "Unfinished work is committed, and every clean shutdown delivers the records since the last tick again.",
		remedy = "spring.kafka.consumer.enable-auto-commit: false", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerAutoCommitEnabled implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.groupId() != null)
			.filter((listener) -> commits(listener.consumer()))
			.map(ConsumerAutoCommitEnabled::finding)
			.toList();
	}

	/** The container supplies {@code false} when nobody gives a value. */
	private static boolean commits(ClientConfig config) {
		return config.given("enable.auto.commit").isPresent() && config.flag("enable.auto.commit");
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue value = listener.consumer().get("enable.auto.commit");
		String interval = listener.consumer().get("auto.commit.interval.ms").text();
		Finding finding = Finding
			.of(listener.subject(),
					"The ack mode is ignored: work handed to another thread is committed before it is done, "
							+ "and every clean shutdown delivers the records of up to " + interval + " ms again.")
			.withEvidence(value);
		return Remedy.set(finding, value, "spring.kafka.consumer.enable-auto-commit", false);
	}

}
