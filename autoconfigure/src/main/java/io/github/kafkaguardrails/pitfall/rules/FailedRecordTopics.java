package io.github.kafkaguardrails.pitfall.rules;

import java.util.Locale;
import java.util.Set;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Who provides the retry and dead-letter topics of a listener.
 */
enum FailedRecordTopics {

	/** Kafka Guardrails creates them when they are missing and lets them grow. */
	CREATED,

	/** Kafka Guardrails writes to them only when somebody has created them. */
	VERIFIED,

	/** Somebody else, or the broker when it creates what is mentioned. */
	LEFT_ALONE;

	static final String PROPERTY = "kafka.guardrails.topics.provisioning";

	static FailedRecordTopics of(KafkaSetup setup, ListenerSetup listener) {
		if (listener.errorHandling().kind() != ErrorHandlingSetup.Kind.GUARDRAILS) {
			return LEFT_ALONE;
		}
		Set<String> provisioning = Set.copyOf(setup.application()
			.properties()
			.find(PROPERTY)
			.stream()
			.map((value) -> value.text().trim().toLowerCase(Locale.ROOT))
			.toList());
		if (provisioning.contains("none")) {
			return LEFT_ALONE;
		}
		return provisioning.contains("verify") ? VERIFIED : CREATED;
	}

}
