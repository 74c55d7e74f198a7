package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producer factories that created more than 20 producers in 10 minutes, from the
 * fifth minute of the application on.
 *
 * <p>
 * Why it hurts: every request made a producer of its own. The brokers keep the id of each
 * idempotent producer for a day; with four million new ones an hour their memory was
 * full, and the whole cluster was down for hours.
 *
 * <p>
 * Wrong: {@code new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(config))} in a
 * method that serves requests. Right: one {@code KafkaTemplate} bean, which all threads
 * share.
 *
 * <p>
 * Legitimate for a transactional factory whose cache grows with the number of concurrent
 * transactions: its open producers are not counted. Of producers made without Spring
 * those count that were open when the application was looked at, once a minute.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/sending-messages.html#producer-factory">Producer
 * factory</a>
 */
@Pitfall(id = "producer-churn", title = "New producers keep being created", severity = Severity.WARNING,
		why = "Each producer costs a thread, memory and connections, and the brokers remember each for a day.",
		remedy = "inject one KafkaTemplate and keep it", scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerChurn implements PitfallRule {

	private static final int MAX_CREATED = 20;

	private static final Duration WARM_UP = Duration.ofMinutes(5);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		ActivitySetup activity = setup.activity();
		if (activity.uptime().compareTo(WARM_UP.plus(ProducerCreations.WINDOW)) < 0) {
			return List.of();
		}
		return activity.creations()
			.stream()
			.filter((creations) -> creations.created() > MAX_CREATED + cached(setup, creations))
			.map((creations) -> finding(setup, creations))
			.toList();
	}

	/** Producers that a cache of transactional producers may have grown by. */
	private static int cached(KafkaSetup setup, ProducerCreations creations) {
		return ObservedProducer.find(setup, creations.owner()).filter(ProducerSetup::transactional).isPresent()
				? creations.open() : 0;
	}

	private static Finding finding(KafkaSetup setup, ProducerCreations creations) {
		return Finding.of(ObservedProducer.subject(setup, creations.owner()),
				"Each producer costs a thread, memory and connections to the brokers, which remember every idempotent producer for a day.")
			.withEvidence(ActivitySetup
				.fact("producers created in " + ProducerCreations.WINDOW.toMinutes() + " minutes", creations.created()))
			.withEvidence(ActivitySetup.fact("producers open", creations.open()))
			.withFix(Fix.action("inject one KafkaTemplate and keep it; threads can share it"));
	}

}
