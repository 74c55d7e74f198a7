package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags a transaction id prefix that is the same in every instance of the application.
 *
 * <p>
 * Why it hurts: transactional ids are the prefix and 0, 1, 2… The second replica takes
 * the ids of the first and fences it, whose next transaction fails with a
 * {@code ProducerFencedException}; after its restart it fences the second in turn.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.transaction-id-prefix: orders-}. Right:
 * {@code ${spring.application.name}-${HOSTNAME}-}. A stable name, such as that of a
 * StatefulSet pod, is better than a random one: a restarted instance aborts its own
 * dangling transaction at once.
 *
 * <p>
 * Legitimate for an application that runs as a single instance: waive it. A prefix made
 * by code, by an expression or from a placeholder that may differ is not judged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_transactional.id">transactional.id</a>
 */
@Pitfall(id = "transaction-id-prefix-not-unique", title = "All replicas use the same transactional ids",
		severity = Severity.WARNING,
		why = "The second replica fences the first, whose next transaction fails with ProducerFencedException.",
		remedy = "spring.kafka.producer.transaction-id-prefix: ${spring.application.name}-${HOSTNAME}-",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TransactionIdPrefixNotUnique implements PitfallRule {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:${}]*)");

	/** Placeholders that have one value in all replicas. */
	private static final Pattern SHARED = Pattern.compile(
			"((application|app|service)[._-]?(name|group|version)|profiles[._-]active|namespace|environment|\\b(env|stage|region))$",
			Pattern.CASE_INSENSITIVE);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter((producer) -> producer.transactionIdPrefix() != null && shared(producer.transactionIdPrefix()))
			.map((producer) -> finding(producer, producer.transactionIdPrefix()))
			.toList();
	}

	private static boolean shared(ConfigValue prefix) {
		String raw = prefix.raw();
		if (raw == null || raw.contains("#{") || prefix.origin().kind() != ValueOrigin.Kind.PROPERTY) {
			return false;
		}
		Matcher matcher = PLACEHOLDER.matcher(raw);
		return matcher.results().allMatch((placeholder) -> SHARED.matcher(placeholder.group(1)).find());
	}

	private static Finding finding(ProducerSetup producer, ConfigValue prefix) {
		return Finding
			.of(producer.subject(),
					"Transactional ids are this prefix and 0, 1, 2 and so on: a second replica fences the first, whose "
							+ "next transaction fails with ProducerFencedException.")
			.withEvidence(ConfigValue.of(prefix.key(), prefix.raw(), prefix.origin()))
			.withFix(Remedy.change(prefix, "${spring.application.name}-${HOSTNAME}-"));
	}

}
