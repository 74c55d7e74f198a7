package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners for which nobody decided what happens without a committed offset, so
 * that {@code latest} applies; an explicit {@code latest} is mentioned for information.
 *
 * <p>
 * Why it hurts: partitions are added to a busy topic, and the records written before the
 * consumers notice them, up to five minutes later, are never processed. Or a group was
 * away for a week, its offsets expired, and the backlog of the outage is skipped.
 *
 * <p>
 * Wrong: no {@code auto-offset-reset}. Right:
 * {@code spring.kafka.consumer.auto-offset-reset: earliest} with idempotent processing,
 * or {@code none} when a human is to decide. {@code by_duration} is not an alternative
 * for Spring listeners, see {@code consumer-reset-by-duration-stalls}.
 *
 * <p>
 * Legitimate for broadcast listeners with a random group, which are left out, and where
 * gaps are acceptable: set {@code latest}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset">auto.offset.reset</a>
 */
@Pitfall(id = "consumer-auto-offset-reset-implicit",
		title = "What happens without a committed offset is left to chance (latest)", severity = Severity.WARNING,
		why = "Records of new partitions, of a new group and of the time after expired offsets are skipped.",
		remedy = "spring.kafka.consumer.auto-offset-reset: earliest", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerAutoOffsetResetImplicit implements PitfallRule {

	private static final String PROPERTY = "spring.kafka.consumer.auto-offset-reset";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.subscription().groupManaged()
					// a group that is new at each start has nothing to catch up with
					&& !RandomGroup.of(listener))
			.filter((listener) -> "latest".equals(listener.consumer().string("auto.offset.reset")))
			.map(ConsumerAutoOffsetResetImplicit::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue value = listener.consumer().get("auto.offset.reset");
		Finding finding = Finding
			.of(listener.subject(),
					"Without a committed offset the listener starts at the end: it skips what a new group finds, "
							+ "what a new partition holds before it is noticed, and the backlog after offsets expired.")
			.withEvidence(value);
		if (value.explicit()) {
			return Remedy.set(finding.withSeverity(Severity.INFO), value, PROPERTY, "earliest");
		}
		return finding.withFix(Fix.set(PROPERTY, "earliest"))
			.withFix(Fix.action("or set latest where gaps are acceptable, or none to stop and let a human decide"));
	}

}
