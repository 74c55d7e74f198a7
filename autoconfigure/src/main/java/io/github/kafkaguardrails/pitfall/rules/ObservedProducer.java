package io.github.kafkaguardrails.pitfall.rules;

import java.util.Optional;

import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.Subject;

/** Finds the producer that an observed factory or template belongs to. */
final class ObservedProducer {

	private ObservedProducer() {
	}

	/**
	 * The producer; empty when the picture has none of that name.
	 * @param setup the picture
	 * @param name bean name of a factory or template
	 */
	static Optional<ProducerSetup> find(KafkaSetup setup, String name) {
		return setup.producers()
			.stream()
			.filter((producer) -> producer.name().equals(name)
					|| producer.templates().stream().anyMatch((template) -> template.name().equals(name)))
			.findFirst();
	}

	/** What a finding about it is about. */
	static Subject subject(KafkaSetup setup, String name) {
		return find(setup, name).map(ProducerSetup::subject).orElse(new Subject(Subject.Kind.PRODUCER, name));
	}

}
