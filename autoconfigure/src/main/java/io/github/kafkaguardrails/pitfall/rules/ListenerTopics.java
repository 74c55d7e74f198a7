package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * What a listener has to do with the topics of its cluster.
 *
 * @param listener the listener
 * @param cluster the cluster that its consumers read from
 * @param subscribed names of the topics that it consumes; of a pattern those that match
 * at present
 */
record ListenerTopics(ListenerSetup listener, ClusterSetup cluster, List<String> subscribed) {

	/** The cluster's own topics. */
	static final Set<String> INTERNAL = Set.of("__consumer_offsets", "__transaction_state", "__share_group_state");

	/**
	 * The listeners that the user wrote and the containers made by code, if their cluster
	 * has been read.
	 */
	static Stream<ListenerTopics> of(KafkaSetup setup) {
		return setup.listeners()
			.stream()
			.filter((listener) -> listener.role() != ListenerSetup.Role.AUXILIARY)
			.flatMap((listener) -> of(setup, listener));
	}

	/** The containers of retry and dead-letter topics, if their cluster has been read. */
	static Stream<ListenerTopics> auxiliary(KafkaSetup setup) {
		return setup.listeners()
			.stream()
			.filter((listener) -> listener.role() == ListenerSetup.Role.AUXILIARY)
			.flatMap((listener) -> of(setup, listener));
	}

	/** A listener, if its cluster has been read. */
	static Stream<ListenerTopics> of(KafkaSetup setup, ListenerSetup listener) {
		return setup.cluster(listener.consumer())
			.map((cluster) -> new ListenerTopics(listener, cluster, subscribed(setup, listener, cluster)))
			.stream();
	}

	private static List<String> subscribed(KafkaSetup setup, ListenerSetup listener, ClusterSetup cluster) {
		Subscription subscription = listener.subscription();
		if (subscription.pattern() != null) {
			List<String> matching = matching(subscription.pattern(), cluster);
			boolean filtered = listener.errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS;
			return filtered ? withoutOwn(setup, listener, matching) : matching;
		}
		return Stream
			.concat(subscription.topics().stream(),
					subscription.partitions()
						.stream()
						.map((partition) -> partition.substring(0, partition.lastIndexOf('-'))))
			.distinct()
			.toList();
	}

	/** The topics that match a pattern. */
	static List<String> matching(String pattern, ClusterSetup cluster) {
		Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
		return cluster.topicNames()
			.known()
			.orElse(Set.of())
			.stream()
			.filter(matches.and((name) -> !INTERNAL.contains(name)))
			.sorted()
			.toList();
	}

	/**
	 * Kafka Guardrails keeps the records of a listener's own retry and dead-letter topics
	 * away from it, also when its pattern matches them.
	 */
	private static List<String> withoutOwn(KafkaSetup setup, ListenerSetup listener, List<String> topics) {
		Set<String> own = new HashSet<>();
		ErrorHandlingSetup.DeadLetterSetup deadLetter = listener.errorHandling().deadLetter();
		if (deadLetter != null) {
			topics.forEach((topic) -> deadLetter.topicOf(topic).ifPresent(own::add));
		}
		List<Predicate<String>> retries = setup.listeners()
			.stream()
			.filter((other) -> other.role() == ListenerSetup.Role.AUXILIARY)
			.map((other) -> other.subscription().pattern())
			.filter(Objects::nonNull)
			.map((pattern) -> Pattern.compile(pattern).asMatchPredicate())
			.toList();
		return topics.stream()
			.filter((topic) -> !own.contains(topic) && retries.stream().noneMatch((retry) -> retry.test(topic)))
			.toList();
	}

	/** Whether the topics are named: a pattern may match others later. */
	boolean named() {
		return this.listener.subscription().pattern() == null;
	}

	/** The topics as the cluster has them; those that are missing are left out. */
	List<TopicSetup> existing() {
		return this.subscribed.stream().map(this.cluster::topic).flatMap(Optional::stream).toList();
	}

	/** Number of partitions of all topics; empty when a topic is missing or not known. */
	Optional<Integer> partitions() {
		List<TopicSetup> topics = existing();
		int partitions = topics.stream().mapToInt((topic) -> topic.partitions().size()).sum();
		return Optional.of(partitions).filter((count) -> count > 0 && topics.size() == this.subscribed.size());
	}

	/**
	 * The dead-letter topics that are known, by the topic that their records come from. A
	 * pattern may match dead-letter topics as well; they have none of their own.
	 */
	Map<String, String> deadLetters() {
		Map<String, String> topics = new LinkedHashMap<>();
		ErrorHandlingSetup.DeadLetterSetup deadLetter = this.listener.errorHandling().deadLetter();
		if (deadLetter != null) {
			for (String source : this.subscribed) {
				deadLetter.topicOf(source).ifPresent((topic) -> topics.put(source, topic));
			}
		}
		Set<String> targets = Set.copyOf(topics.values());
		topics.keySet().removeAll(targets);
		return topics;
	}

}
