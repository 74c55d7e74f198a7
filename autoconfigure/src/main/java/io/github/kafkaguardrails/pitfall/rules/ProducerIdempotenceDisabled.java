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
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers that run without idempotence, because it is switched off or because
 * {@code retries: 0} switches it off without an error.
 *
 * <p>
 * Why it hurts: an acknowledgement is lost in a network hiccup, the producer sends the
 * stored record again, and a payment is booked twice. With several requests in flight the
 * retried batch lands behind its successor: "cancelled" comes before "ordered".
 *
 * <p>
 * Wrong: {@code enable.idempotence: false}. Right: nothing, because idempotence is the
 * default; it keeps the order with up to five requests in flight, so
 * {@code max.in.flight.requests.per.connection: 1} is never needed.
 *
 * <p>
 * Legitimate for brokers older than 2.8 where the principal must not have the
 * {@code IdempotentWrite} permission: waive it for that factory. Weak {@code acks} also
 * switch idempotence off; {@code producer-acks-not-all} says so.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_enable.idempotence">enable.idempotence</a>
 */
@Pitfall(id = "producer-idempotence-disabled", title = "Idempotence is off: retries may duplicate and reorder records",
		severity = Severity.WARNING,
		why = "A lost acknowledgement makes the producer send a stored record again, behind its successors.",
		remedy = "spring.kafka.producer.properties.enable.idempotence: true", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerIdempotenceDisabled implements PitfallRule {

	private static final String IN_FLIGHT = "max.in.flight.requests.per.connection";

	private static final long IN_FLIGHT_LIMIT = 5;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter(ProducerIdempotenceDisabled::disabled)
			.map(ProducerIdempotenceDisabled::finding)
			.toList();
	}

	private static boolean disabled(ProducerSetup producer) {
		ClientConfig config = producer.config();
		boolean toldWithAcks = ProducerIdempotence.weakAcks(config).isPresent()
				&& ProducerIdempotence.disabled(config).isEmpty();
		return !ProducerIdempotence.required(producer) && !toldWithAcks
				&& ProducerIdempotence.obstacles(config).findAny().isPresent();
	}

	private static Finding finding(ProducerSetup producer) {
		ClientConfig config = producer.config();
		List<ConfigValue> obstacles = ProducerIdempotence.obstacles(config).toList();
		long inFlight = config.number(IN_FLIGHT).orElse(1);
		boolean retries = config.number("retries").orElse(1) > 0;
		Finding finding = Finding.of(producer.subject(), harm(retries, inFlight));
		for (ConfigValue obstacle : obstacles) {
			finding = ProducerIdempotence.mend(finding.withEvidence(obstacle), obstacle);
		}
		if (retries && inFlight > 1) {
			finding = finding.withEvidence(config.get(IN_FLIGHT));
		}
		return (inFlight > IN_FLIGHT_LIMIT) ? finding.withFix(Remedy.change(config.get(IN_FLIGHT), IN_FLIGHT_LIMIT))
				: finding;
	}

	private static String harm(boolean retries, long inFlight) {
		if (!retries) {
			return "With retries = 0 the client does without idempotence and says so in an INFO line only: a record whose "
					+ "acknowledgement is lost fails although it was stored, and sending it again duplicates it.";
		}
		String order = (inFlight > 1) ? " Records can be reordered, too: with " + inFlight
				+ " requests in flight a retried batch lands behind its successor." : "";
		return "A lost acknowledgement makes the producer send a record again that was stored: it is there twice."
				+ order;
	}

}
