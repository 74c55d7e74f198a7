package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers whose effective {@code acks} is {@code 0} or {@code 1}.
 *
 * <p>
 * Why it hurts: the leader acknowledges, its disk dies before a follower has fetched the
 * record, a follower is elected, and an order that the caller was told is stored is gone.
 * Idempotence is switched off at the same time, without an error.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.acks: 1}. Right: {@code acks: all}, which is the
 * client's default since 3.0.
 *
 * <p>
 * Legitimate for telemetry that may be lost: waive it for that factory. A producer that
 * must be idempotent or transactional is refused with such a value; other rules say so.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#producerconfigs_acks">acks</a>
 */
@Pitfall(id = "producer-acks-not-all", title = "The producer does not wait for the in-sync replicas",
		severity = Severity.WARNING,
		why = "A record acknowledged by the leader alone is lost when the leader fails before a follower has it.",
		remedy = "spring.kafka.producer.acks: all", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerAcksNotAll implements PitfallRule {

	private static final Set<String> WEAK = Set.of("0", "1");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter((producer) -> WEAK.contains(producer.config().string("acks")))
			.filter((producer) -> !ProducerIdempotence.required(producer))
			.map(ProducerAcksNotAll::finding)
			.toList();
	}

	private static Finding finding(ProducerSetup producer) {
		String harm = "0".equals(producer.config().string("acks"))
				? "Nobody confirms that a record was stored: errors stay unseen and retries do not apply."
				: "A record acknowledged by the leader alone is lost when the leader fails before a follower has it.";
		return Finding.of(producer.subject(), harm + " Idempotence is off, too.")
			.withEvidence(producer.config().get("acks"))
			.withFix(Fix.set("spring.kafka.producer.acks", "all"));
	}

}
