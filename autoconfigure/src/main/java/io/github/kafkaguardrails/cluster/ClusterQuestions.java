package io.github.kafkaguardrails.cluster;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.AdminSetup;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * What is to be asked of one cluster. A pure function of the picture; the names of
 * topics, which patterns need, come from the cluster.
 *
 * @param bootstrapServers addresses of the cluster
 * @param client configuration of the client whose connection is used
 * @param oneIdentity whether all clients of this cluster connect in the same way, so that
 * what one may do, the others may do
 * @param onlyCluster whether the application has no other cluster
 * @param listeners listeners that consume from it
 * @param named topics that the application declares for it, or sends to by default
 * @param applicationIds Kafka Streams applications that run on it
 */
record ClusterQuestions(Set<String> bootstrapServers, ClientConfig client, boolean oneIdentity, boolean onlyCluster,
		List<ListenerSetup> listeners, Set<String> named, List<String> applicationIds) {

	/** Topics that belong to the cluster itself. */
	static final Set<String> INTERNAL_TOPICS = Set.of("__consumer_offsets", "__transaction_state",
			"__share_group_state");

	/** How old records are that a new group would process again. */
	static final Set<Duration> AGES = Set.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7),
			Duration.ofDays(30));

	private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

	private static final String BY_DURATION = "by_duration:";

	/**
	 * The questions of an application, one for each distinct set of addresses. A client
	 * for which nobody set an address is only heeded when it is known to run, or when
	 * there is no other: Spring Boot makes clients that an application never uses.
	 */
	static List<ClusterQuestions> of(KafkaSetup setup) {
		Map<Set<String>, List<ClientConfig>> clusters = new LinkedHashMap<>();
		clients(setup)
			.forEach((client) -> clusters.computeIfAbsent(servers(client), (key) -> new ArrayList<>()).add(client));
		clusters.remove(Set.<String>of());
		List<ClusterQuestions> questions = new ArrayList<>();
		clusters.forEach((servers, clients) -> questions.add(new ClusterQuestions(servers, clients.get(0),
				clients.stream().map(Identity::of).distinct().count() == 1, clusters.size() == 1,
				setup.listeners().stream().filter((listener) -> servers(listener.consumer()).equals(servers)).toList(),
				named(setup, servers),
				setup.streams()
					.stream()
					.map(StreamsSetup::config)
					.filter((client) -> servers(client).equals(servers))
					.map((client) -> client.string("application.id"))
					.toList())));
		return questions;
	}

	private static List<ClientConfig> clients(KafkaSetup setup) {
		List<ClientConfig> running = Stream
			.concat(setup.listeners().stream().map(ListenerSetup::consumer),
					setup.streams().stream().map(StreamsSetup::config))
			.toList();
		List<ClientConfig> others = Stream
			.of(setup.producers().stream().map(ProducerSetup::config), setup.admins().stream().map(AdminSetup::config),
					setup.consumers().stream().map(ConsumerSetup::config))
			.flatMap((part) -> part)
			.toList();
		List<ClientConfig> clients = Stream
			.concat(running.stream(), others.stream().filter((client) -> client.explicit(BOOTSTRAP_SERVERS)))
			.toList();
		return clients.isEmpty() ? others : clients;
	}

	/** What is declared is created by every admin. */
	private static Set<String> named(KafkaSetup setup, Set<String> servers) {
		Set<String> topics = new TreeSet<>();
		setup.producers()
			.stream()
			.filter((producer) -> servers(producer.config()).equals(servers))
			.flatMap((producer) -> producer.defaultTopics().stream())
			.forEach((topic) -> topics.add(topic.text()));
		if (setup.admins().stream().anyMatch((admin) -> servers(admin.config()).equals(servers))) {
			setup.topics().forEach((topic) -> topics.add(topic.name()));
		}
		return topics;
	}

	private static Set<String> servers(ClientConfig client) {
		return Set.copyOf(client.list(BOOTSTRAP_SERVERS));
	}

	/**
	 * The topics to describe.
	 * @param existing names of the topics that exist, as far as they are known
	 */
	Set<String> topics(Set<String> existing) {
		Set<String> topics = new TreeSet<>(INTERNAL_TOPICS);
		topics.addAll(this.named);
		for (ListenerSetup listener : this.listeners) {
			Set<String> sources = sources(listener, existing);
			topics.addAll(sources);
			topics.addAll(deadLetterTopics(listener, sources));
		}
		existing.stream().filter(this::isStreamsInternal).forEach(topics::add);
		return topics;
	}

	private boolean isStreamsInternal(String topic) {
		return (topic.endsWith("-changelog") || topic.endsWith("-repartition"))
				&& this.applicationIds.stream().anyMatch((id) -> topic.startsWith(id + "-"));
	}

	private static Set<String> sources(ListenerSetup listener, Set<String> existing) {
		Set<String> sources = new TreeSet<>(listener.subscription().topics());
		listener.subscription()
			.partitions()
			.forEach((partition) -> sources.add(partition.substring(0, partition.lastIndexOf('-'))));
		String pattern = listener.subscription().pattern();
		if (pattern != null) {
			existing.stream()
				.filter((topic) -> !INTERNAL_TOPICS.contains(topic))
				.filter(Pattern.compile(pattern).asMatchPredicate())
				.forEach(sources::add);
		}
		return sources;
	}

	/**
	 * Where the template of a user's own recoverer writes to is not known if there are
	 * several clusters. A pattern may match the dead-letter topics as well; they have
	 * none of their own.
	 */
	private Set<String> deadLetterTopics(ListenerSetup listener, Set<String> sources) {
		DeadLetterSetup deadLetter = listener.errorHandling().deadLetter();
		boolean here = this.onlyCluster || listener.errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS;
		if (deadLetter == null || !here || listener.role() == ListenerSetup.Role.AUXILIARY) {
			return Set.of();
		}
		Map<String, String> bySource = new TreeMap<>();
		sources.forEach((source) -> deadLetter.topicOf(source).ifPresent((topic) -> bySource.put(source, topic)));
		Set<String> topics = new HashSet<>(bySource.values());
		bySource.forEach((source, topic) -> {
			if (bySource.containsValue(source)) {
				topics.remove(topic);
			}
		});
		return topics;
	}

	/**
	 * The groups to look at, by id.
	 * @param existing names of the topics that exist, as far as they are known
	 */
	Map<String, GroupQuestion> groups(Set<String> existing) {
		Map<String, GroupQuestion> groups = new TreeMap<>();
		this.applicationIds.forEach((id) -> groups.put(id, new GroupQuestion(Set.of(), Set.of())));
		for (ListenerSetup listener : this.listeners) {
			String group = listener.groupId();
			if (group != null && listener.container().type() != ContainerSetup.Type.SHARE) {
				Set<String> topics = listener.subscription().groupManaged() ? sources(listener, existing) : Set.of();
				groups.merge(group, new GroupQuestion(topics, ages(listener)), GroupQuestion::with);
			}
		}
		return groups;
	}

	private static Set<Duration> ages(ListenerSetup listener) {
		Set<Duration> ages = new HashSet<>(AGES);
		String reset = listener.consumer().string("auto.offset.reset");
		if (reset.startsWith(BY_DURATION)) {
			try {
				ages.add(Duration.parse(reset.substring(BY_DURATION.length())));
			}
			catch (DateTimeException ex) {
				// the consumer will not start with it
			}
		}
		return ages;
	}

	/**
	 * What is to be asked about a group.
	 *
	 * @param topics topics that it subscribes to
	 * @param ages ages of records that matter where it has no committed offset
	 */
	record GroupQuestion(Set<String> topics, Set<Duration> ages) {

		private GroupQuestion with(GroupQuestion other) {
			return new GroupQuestion(union(this.topics, other.topics), union(this.ages, other.ages));
		}

		private static <T> Set<T> union(Set<T> first, Set<T> second) {
			Set<T> union = new HashSet<>(first);
			union.addAll(second);
			return union;
		}

	}

	/** How a client presents itself to a cluster. Holds secrets. */
	private record Identity(Map<String, String> settings) {

		static Identity of(ClientConfig client) {
			Map<String, String> settings = new TreeMap<>();
			client.toMap().forEach((key, value) -> {
				if (key.startsWith("security.") || key.startsWith("sasl.") || key.startsWith("ssl.")
						|| key.equals(AdminConnection.SSL_BUNDLE)) {
					settings.put(key, value.toString());
				}
			});
			return new Identity(settings);
		}

		@Override
		public String toString() {
			return "identity";
		}

	}

}
