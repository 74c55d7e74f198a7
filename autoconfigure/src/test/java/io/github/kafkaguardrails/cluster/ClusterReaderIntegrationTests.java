package io.github.kafkaguardrails.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.setup.BrokerSetup;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for {@link ClusterReader} with a broker that authorizes nobody. */
class ClusterReaderIntegrationTests {

	private static final String CLIENT_THREAD = "kafka-admin-client-thread | kafka-guardrails-cluster-check";

	/** Clients of applications that other tests have left running. */
	private final Set<Thread> others = Thread.getAllStackTraces().keySet();

	private final TestBroker broker = TestBroker.get();

	private final ClusterReader reader = new ClusterReader(Duration.ofSeconds(20), Clock.systemUTC());

	@AfterEach
	void close() {
		this.reader.close();
	}

	@Test
	void seesBrokersAndWhatTheyCan() {
		ClusterSetup cluster = read(listening("orders").build());
		assertThat(cluster.readable()).isTrue();
		assertThat(cluster.bootstrapServers()).containsExactly(this.broker.bootstrapServers());
		assertThat(cluster.brokers()).singleElement().satisfies((seen) -> {
			assertThat(seen.host() + ":" + seen.port()).isEqualTo(this.broker.bootstrapServers());
			assertThat(seen.address()).isEqualTo(BrokerSetup.Address.LOOPBACK);
			assertThat(seen.rack()).isNull();
		});
		assertThat(cluster.features().known()).get()
			.satisfies((features) -> assertThat(features).containsKeys("group.version", "metadata.version"));
		assertThat(cluster.brokerSetting("auto.create.topics.enable")).get()
			.satisfies((value) -> assertThat(value.text()).isEqualTo("false"))
			.matches(ConfigValue::explicit);
		assertThat(cluster.brokerSetting("offsets.retention.minutes")).get()
			.satisfies((value) -> assertThat(value.text()).isEqualTo("10080"))
			.matches((value) -> !value.explicit());
	}

	@Test
	void knowsNoOperationsWhereNobodyIsAuthorized() {
		String topic = this.broker.topic("orders", 1);
		ClusterSetup cluster = read(listening(topic).build());
		assertThat(cluster.operations().problem()).isEqualTo("the cluster authorizes nobody");
		assertThat(topic(cluster, topic).operations().problem()).isEqualTo("the cluster authorizes nobody");
		assertThat(group(cluster, "billing").operations().problem()).isEqualTo("the cluster authorizes nobody");
	}

	@Test
	void seesTopicsWithTheirConfiguration() {
		String topic = this.broker.topic("orders", 3, Map.of("retention.ms", "1000"));
		ClusterSetup cluster = read(listening(topic).build());
		TopicSetup seen = topic(cluster, topic);
		assertThat(seen.partitions()).extracting(PartitionSetup::number).containsExactly(0, 1, 2);
		assertThat(seen.partitions()).allSatisfy((partition) -> {
			assertThat(partition.leader()).isEqualTo(cluster.brokers().get(0).id());
			assertThat(partition.replicas()).isEqualTo(partition.inSync()).hasSize(1);
		});
		assertThat(seen.setting("retention.ms")).get()
			.hasToString("retention.ms = 1000 (topic '" + topic + "')")
			.matches(ConfigValue::explicit);
		assertThat(seen.setting("cleanup.policy")).get()
			.satisfies((value) -> assertThat(value.text()).isEqualTo("delete"))
			.matches((value) -> !value.explicit());
		assertThat(cluster.topicNames().known()).get().satisfies((names) -> assertThat(names).contains(topic));
	}

	@Test
	void tellsMissingTopicsFromTheClustersOwn() {
		String name = "nobody-made-it-" + UUID.randomUUID();
		ClusterSetup cluster = read(listening(name).build());
		assertThat(cluster.topics()).containsEntry(name, TopicSetup.missing(name));
		assertThat(cluster.topics()).doesNotContainKey("__share_group_state");
		assertThat(cluster.unreadableTopics()).isEmpty();
		assertThat(this.broker.topics()).doesNotContain(name);
	}

	@Test
	void seesTheTopicsThatAPatternMatches() {
		String topic = this.broker.topic("invoices", 1);
		this.broker.topic("other", 1);
		KafkaSetup setup = application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", this.broker.bootstrapServers());
			listener.subscription = new Subscription(List.of(), topic + ".*", List.of());
		}).build();
		assertThat(read(setup).topics().keySet()).contains(topic).noneMatch((name) -> name.startsWith("other"));
	}

	@Test
	void seesOffsetsAndAgesWhereAGroupHasNone() throws Exception {
		String topic = this.broker.topic("orders", 2);
		String group = "billing-" + UUID.randomUUID();
		Instant now = Instant.now();
		for (int partition = 0; partition < 2; partition++) {
			send(topic, partition, now.minus(Duration.ofDays(10)));
			send(topic, partition, now.minus(Duration.ofDays(2)));
			send(topic, partition, now.minus(Duration.ofMinutes(90)));
		}
		this.broker.admin()
			.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
			.all()
			.get(30, TimeUnit.SECONDS);
		ClusterSetup cluster = read(application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", this.broker.bootstrapServers());
			listener.code("auto.offset.reset", "by_duration:PT2H");
			listener.groupId = group;
			listener.subscription = Subscription.ofTopics(topic);
		}).build());
		assertThat(group(cluster, group).committed().known()).contains(Map.of(topic, Map.of(0, 2L)));
		List<PartitionSetup> partitions = topic(cluster, topic).partitions();
		assertThat(partitions).extracting((partition) -> partition.offsets().value())
			.containsExactly(new PartitionSetup.Offsets(0, 3), new PartitionSetup.Offsets(0, 3));
		assertThat(partitions.get(0).offsetsByAge()).isEmpty();
		assertThat(partitions.get(1).offsetsByAge()).containsOnly(Map.entry(Duration.ofHours(1), 3L),
				Map.entry(Duration.ofHours(2), 2L), Map.entry(Duration.ofDays(1), 2L),
				Map.entry(Duration.ofDays(7), 1L), Map.entry(Duration.ofDays(30), 0L));
	}

	@Test
	void seesAGroupThatHasNeverCommitted() {
		String topic = this.broker.topic("orders", 1);
		String group = "never-" + UUID.randomUUID();
		ClusterSetup cluster = read(listening(topic).with((setup) -> setup.withListener("new", (listener) -> {
			listener.code("bootstrap.servers", this.broker.bootstrapServers());
			listener.subscription = Subscription.ofTopics(topic);
			listener.groupId = group;
		})).build());
		assertThat(group(cluster, group).committed().known()).contains(Map.of());
		assertThat(topic(cluster, topic).partitions().get(0).offsetsByAge()).containsEntry(Duration.ofHours(1), 0L);
	}

	@Test
	void keepsTheAdminClientWhileTheClusterAnswers() {
		KafkaSetup setup = listening("orders").build();
		read(setup);
		Thread client = clientThread();
		assertThat(client).isNotNull();
		read(setup);
		assertThat(clientThread()).isSameAs(client);
		this.reader.close();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> clientThread() == null);
	}

	@Test
	void knowsAClosedPortAndClosesItsClientBeforeTheNextRead() throws IOException {
		try (ClusterReader brief = new ClusterReader(Duration.ofSeconds(2), Clock.systemUTC())) {
			ClusterSetup cluster = brief.read(listening(closedAddress(), "orders").build()).get(0);
			assertThat(cluster.outage()).isEqualTo(new ClusterOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException"));
			assertThat(cluster.topicNames().problem()).isEqualTo("TimeoutException");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> clientThread() == null);
		}
	}

	@Test
	void givesUpOnAServerThatNeverAnswers() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			long begin = System.nanoTime();
			ClusterSetup cluster = read(Duration.ofSeconds(2), "localhost:" + server.getLocalPort());
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
			assertThat(cluster.outage()).extracting(ClusterOutage::kind).isEqualTo(ClusterOutage.Kind.TIMEOUT);
		}
	}

	@Test
	void knowsAWrongAddress() {
		assertThat(read(Duration.ofSeconds(20), "no-such-host.invalid:9092").outage())
			.isEqualTo(new ClusterOutage(ClusterOutage.Kind.ADDRESS, "ConfigException"));
	}

	@Test
	void knowsACredentialThatIsNotAcceptedAndShowsNoSecret() {
		KafkaSetup setup = application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", this.broker.bootstrapServers());
			listener.code("security.protocol", "SASL_PLAINTEXT");
			listener.code("sasl.mechanism", "PLAIN");
			listener.code("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required"
					+ " username=\"user\" password=\"planted\";");
		}).build();
		ClusterSetup cluster = read(setup);
		assertThat(cluster.outage()).extracting(ClusterOutage::kind).isEqualTo(ClusterOutage.Kind.AUTHENTICATION);
		assertThat(cluster.toString()).doesNotContain("planted");
	}

	@Test
	void knowsSettingsThatNoClientAccepts() {
		KafkaSetup setup = application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", this.broker.bootstrapServers());
			listener.code("security.protocol", "planted");
		}).build();
		assertThat(read(setup).outage()).isEqualTo(new ClusterOutage(ClusterOutage.Kind.OTHER, "ConfigException"));
	}

	@Test
	void readsOneClusterWhileAnotherIsAway() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				ClusterReader brief = new ClusterReader(Duration.ofSeconds(8), Clock.systemUTC())) {
			String silent = "localhost:" + server.getLocalPort();
			KafkaSetup setup = application()
				.withListener("away", (listener) -> listener.code("bootstrap.servers", silent))
				.withListener("here", (listener) -> listener.code("bootstrap.servers", this.broker.bootstrapServers()))
				.build();
			assertThat(brief.read(setup)).extracting(ClusterSetup::readable).containsExactly(false, true);
		}
	}

	@Test
	void endsWhenItIsInterrupted() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			String silent = "localhost:" + server.getLocalPort();
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			Thread thread = new Thread(() -> failure
				.complete(catchThrowable(() -> this.reader.read(listening(silent, "orders").build()))));
			thread.start();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> clientThread() != null);
			thread.interrupt();
			assertThat(failure.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptException.class);
		}
	}

	private TestSetup listening(String topic) {
		return listening(this.broker.bootstrapServers(), topic);
	}

	private static TestSetup listening(String servers, String topic) {
		return application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", servers);
			listener.subscription = Subscription.ofTopics(topic);
		});
	}

	private ClusterSetup read(KafkaSetup setup) {
		List<ClusterSetup> clusters = this.reader.read(setup);
		assertThat(clusters).hasSize(1);
		return clusters.get(0);
	}

	private static ClusterSetup read(Duration timeout, String servers) {
		try (ClusterReader brief = new ClusterReader(timeout, Clock.systemUTC())) {
			return brief.read(listening(servers, "orders").build()).get(0);
		}
	}

	private static GroupSetup group(ClusterSetup cluster, String id) {
		return Objects.requireNonNull(cluster.groups().get(id));
	}

	private static TopicSetup topic(ClusterSetup cluster, String name) {
		return cluster.topic(name).orElseThrow();
	}

	private void send(String topic, int partition, Instant time) {
		this.broker.send(new ProducerRecord<>(topic, partition, time.toEpochMilli(), null,
				"value".getBytes(StandardCharsets.UTF_8)));
	}

	private static String closedAddress() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return "localhost:" + socket.getLocalPort();
		}
	}

	private @Nullable Thread clientThread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.others.contains(thread) && thread.getName().equals(CLIENT_THREAD))
			.findFirst()
			.orElse(null);
	}

}
