package io.github.kafkaguardrails.pitfall.rules;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/** Reads values of topics and brokers, which are texts. */
final class ClusterFacts {

	private ClusterFacts() {
	}

	/** A value as a whole number; empty when it is not known or not a number. */
	static OptionalLong number(Optional<ConfigValue> value) {
		try {
			return value.map((known) -> OptionalLong.of(Long.parseLong(known.text().trim())))
				.orElse(OptionalLong.empty());
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	/** Whether a value is known to be {@code true}. */
	static boolean flag(Optional<ConfigValue> value) {
		return value.map((known) -> Boolean.parseBoolean(known.text().trim())).orElse(false);
	}

	/** A fact that the cluster tells and that no single setting holds. */
	static ConfigValue of(ClusterSetup cluster, String name, Object value) {
		return ConfigValue.of(name, value, ValueOrigin.cluster(cluster.subject().toString()));
	}

	/**
	 * Whether a topic is missing, as far as the application may see. A topic that nobody
	 * asked for by its name looks like a missing one when it may not be described.
	 */
	static Reading<Boolean> missing(ClusterSetup cluster, String name) {
		String unreadable = cluster.unreadableTopics().get(name);
		if (unreadable != null) {
			return Reading.unknown(unreadable);
		}
		TopicSetup topic = cluster.topics().get(name);
		if (topic != null) {
			return Reading.of(!topic.exists());
		}
		Reading<Set<String>> names = cluster.topicNames();
		return (names.problem() != null) ? Reading.unknown(names.problem())
				: Reading.of(names.known().filter((known) -> known.contains(name)).isEmpty());
	}

}
