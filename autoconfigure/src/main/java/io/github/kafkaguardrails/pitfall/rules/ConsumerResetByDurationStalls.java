package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listener methods whose consumer resets offsets with {@code by_duration}.
 *
 * <p>
 * Why it hurts: a partition without a committed offset and without a record younger than
 * the duration has no position. Spring asks for the position of each assigned partition
 * during the rebalance, which blocks for {@code default.api.timeout.ms}. One quiet
 * partition, and after each deployment the whole listener stands still for a minute.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.auto-offset-reset: by_duration:P1D}. Right:
 * {@code earliest}; or, if it must stay,
 * {@code spring.kafka.consumer.properties.default.api.timeout.ms: 10000}, which makes
 * this finding an information.
 *
 * <p>
 * Legitimate for topics whose partitions all receive records within the duration: waive
 * it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset">auto.offset.reset</a>
 */
@Pitfall(id = "consumer-reset-by-duration-stalls",
		title = "by_duration freezes a Spring listener for a minute at each rebalance", severity = Severity.WARNING,
		why = "One quiet partition blocks the rebalance for default.api.timeout.ms, and nothing is consumed meanwhile.",
		remedy = "spring.kafka.consumer.auto-offset-reset: earliest", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerResetByDurationStalls implements PitfallRule {

	private static final String RESET = "auto.offset.reset";

	private static final String TIMEOUT = "default.api.timeout.ms";

	private static final long BEARABLE = 10_000;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.role() == ListenerSetup.Role.MAIN && !listener.methods().isEmpty())
			.filter((listener) -> listener.subscription().groupManaged())
			.filter((listener) -> byDuration(listener.consumer()))
			.map(ConsumerResetByDurationStalls::finding)
			.toList();
	}

	private static boolean byDuration(ClientConfig config) {
		return config.string(RESET).startsWith("by_duration") && RejectedValues.accepts(config, RESET);
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue reset = listener.consumer().get(RESET);
		ConfigValue timeout = listener.consumer().get(TIMEOUT);
		boolean bounded = listener.consumer().number(TIMEOUT).orElse(Long.MAX_VALUE) <= BEARABLE;
		Finding finding = Finding
			.of(listener.subject(),
					"While an assigned partition has no committed offset and no record younger than that, each "
							+ "rebalance blocks for " + timeout.text() + " ms and no partition is consumed.")
			.withEvidence(reset)
			.withEvidence(timeout);
		finding = Remedy.set(finding, reset, "spring.kafka.consumer.auto-offset-reset", "earliest");
		return bounded ? finding.withSeverity(Severity.INFO)
				: finding.withFix(Fix.set("spring.kafka.consumer.properties." + TIMEOUT, BEARABLE));
	}

}
