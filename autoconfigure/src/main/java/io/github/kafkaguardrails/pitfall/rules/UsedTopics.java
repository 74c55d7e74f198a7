package io.github.kafkaguardrails.pitfall.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * The topics of a cluster that the application certainly uses, and what for. What code
 * sends to by name is not known.
 *
 * @param cluster the cluster
 * @param uses what each topic is used for, by name
 */
record UsedTopics(ClusterSetup cluster, Map<String, Set<Use>> uses) {

	/** The used topics of each cluster that answered. */
	static Stream<UsedTopics> of(KafkaSetup setup) {
		return setup.readableClusters().stream().map((cluster) -> of(setup, cluster));
	}

	private static UsedTopics of(KafkaSetup setup, ClusterSetup cluster) {
		Map<String, Set<Use>> uses = new TreeMap<>();
		ListenerTopics.of(setup).filter((topics) -> topics.cluster().equals(cluster)).forEach((topics) -> {
			topics.subscribed().forEach((topic) -> add(uses, topic, Use.CONSUMED));
			if (writesDeadLetters(setup, topics)) {
				topics.deadLetters().values().forEach((topic) -> add(uses, topic, Use.DEAD_LETTER));
			}
		});
		ListenerTopics.auxiliary(setup)
			.filter((topics) -> topics.cluster().equals(cluster))
			.flatMap((topics) -> topics.subscribed().stream())
			.forEach((topic) -> add(uses, topic, Use.RETRY));
		setup.producers()
			.stream()
			.filter((producer) -> setup.cluster(producer.config()).filter(cluster::equals).isPresent())
			.flatMap((producer) -> producer.defaultTopics().stream())
			.map(ConfigValue::text)
			.forEach((topic) -> add(uses, topic, Use.PRODUCED));
		return new UsedTopics(cluster, uses);
	}

	private static void add(Map<String, Set<Use>> uses, String topic, Use use) {
		uses.computeIfAbsent(topic, (key) -> EnumSet.noneOf(Use.class)).add(use);
	}

	/**
	 * Whether dead letters go to the cluster that the listener reads from. A template of
	 * the application may talk to another one.
	 */
	static boolean writesDeadLetters(KafkaSetup setup, ListenerTopics topics) {
		return topics.listener().errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS
				|| setup.clusters().size() == 1;
	}

	/** Whether a topic is used for one of these. */
	boolean uses(String topic, Use... uses) {
		return Arrays.stream(uses).anyMatch(this.uses.getOrDefault(topic, Set.of())::contains);
	}

	/** The topics that exist, by name. */
	List<TopicSetup> existing() {
		return this.uses.keySet().stream().map(this.cluster::topic).flatMap(Optional::stream).toList();
	}

	/** The topics that exist and are used for one of these. */
	List<TopicSetup> existing(Use... uses) {
		return existing().stream().filter((topic) -> uses(topic.name(), uses)).toList();
	}

	/** What a topic is used for. */
	enum Use {

		/** A listener that the user wrote consumes it. */
		CONSUMED,

		/** Holds records of another topic between attempts, or after the last. */
		RETRY,

		/** Failing records end there. */
		DEAD_LETTER,

		/** A template sends to it by default. */
		PRODUCED

	}

}
