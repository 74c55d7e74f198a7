package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What ordered retry takes for granted about brokers and consumers, so that an upgrade of
 * Kafka that breaks an assumption is noticed. The numbers are those of the protocol's
 * description. That offsets of topics to which a group is not subscribed expire (F6) has
 * tests of its own, because it takes a minute: {@link OffsetExpiryIntegrationTests}.
 */
class BrokerFactsIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final TestBroker BROKER = TestBroker.get();

	private final String group = "facts-" + UUID.randomUUID().toString().substring(0, 8);

	private final String source = BROKER.topic("facts-source", 2);

	private final String parked = BROKER.topic("facts-parked", 2);

	@ParameterizedTest
	@EnumSource
	void f1AMemberCommitsAndReadsOffsetsOfATopicToWhichItIsNotSubscribed(GroupProtocol protocol) {
		try (Consumer<byte[], byte[]> member = member(protocol, this.source)) {
			OffsetAndMetadata state = new OffsetAndMetadata(7, "1state");
			member.commitSync(Map.of(partition(this.parked, 0), state));
			assertThat(member.committed(Set.of(partition(this.parked, 0)))).containsEntry(partition(this.parked, 0),
					state);
			assertThat(member.assignment()).extracting(TopicPartition::topic).containsOnly(this.source);
		}
	}

	@ParameterizedTest
	@EnumSource
	void f2NobodyElseChangesOffsetsOfAGroupThatHasMembers(GroupProtocol protocol) {
		TopicPartition partition = partition(this.parked, 0);
		try (Consumer<byte[], byte[]> member = member(protocol, this.source);
				Consumer<byte[], byte[]> stranger = consumer(protocol)) {
			member.commitSync(Map.of(partition, new OffsetAndMetadata(7, "1state")));
			Map<TopicPartition, OffsetAndMetadata> change = Map.of(partition, new OffsetAndMetadata(1, "stranger"));
			if (protocol == GroupProtocol.CLASSIC) {
				stranger.assign(List.of(partition));
				assertThatExceptionOfType(CommitFailedException.class).isThrownBy(() -> stranger.commitSync(change));
			}
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(
					() -> BROKER.admin().alterConsumerGroupOffsets(this.group, change).all().get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(UnknownMemberIdException.class);
			assertThat(committed(member, partition).offset()).isEqualTo(7);
		}
	}

	@ParameterizedTest
	@EnumSource
	void f3TheBrokerDoesNotCheckWhoOwnsACommittedPartition(GroupProtocol protocol) {
		try (Consumer<byte[], byte[]> first = member(protocol, this.source);
				Consumer<byte[], byte[]> second = consumer(protocol)) {
			second.subscribe(List.of(this.source));
			pollUntil(() -> first.assignment().size() == 1 && second.assignment().size() == 1, first, second);
			TopicPartition ofSecond = second.assignment().iterator().next();
			assertThat(first.assignment()).doesNotContain(ofSecond);
			first.commitSync(Map.of(ofSecond, new OffsetAndMetadata(3)));
			assertThat(committed(second, ofSecond).offset()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void f4ACommitOfSeveralPartitionsCanSucceedPartly(GroupProtocol protocol) {
		TopicPartition good = partition(this.source, 0);
		try (Consumer<byte[], byte[]> member = member(protocol, this.source)) {
			Map<TopicPartition, OffsetAndMetadata> commit = Map.of(good, new OffsetAndMetadata(5),
					partition(this.parked, 0), new OffsetAndMetadata(1, "x".repeat(4097)));
			assertThatException().isThrownBy(() -> member.commitSync(commit))
				.satisfiesAnyOf((ex) -> assertThat(ex).isInstanceOf(OffsetMetadataTooLarge.class),
						(ex) -> assertThat(ex).isInstanceOf(KafkaException.class)
							.hasRootCauseInstanceOf(OffsetMetadataTooLarge.class));
			assertThat(committed(member, good).offset()).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@EnumSource
	void f5TheLimitOfMetadataCountsCharacters(GroupProtocol protocol) {
		TopicPartition partition = partition(this.parked, 0);
		String metadata = "\u4E00".repeat(4096);
		try (Consumer<byte[], byte[]> member = member(protocol, this.source)) {
			member.commitSync(Map.of(partition, new OffsetAndMetadata(1, metadata)));
			assertThat(committed(member, partition).metadata()).isEqualTo(metadata);
		}
	}

	@ParameterizedTest
	@EnumSource
	void f7OffsetsAreReadAndCommittedInsideTheCallbacksOfARebalance(GroupProtocol protocol) {
		Map<String, Object> seen = new HashMap<>();
		BiConsumer<Consumer<?, ?>, Collection<TopicPartition>> revoked = (consumer, partitions) -> {
			seen.put("still assigned", consumer.assignment().containsAll(partitions));
			consumer.commitSync(Map.of(partition(this.parked, 0), new OffsetAndMetadata(9)));
		};
		try (Consumer<byte[], byte[]> member = consumer(protocol)) {
			member.subscribe(List.of(this.source), new ConsumerRebalanceListener() {

				@Override
				public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
					if (partitions.isEmpty()) {
						// the coordinator does not know the new topic yet
						return;
					}
					member.commitSync(
							Map.of(partition(BrokerFactsIntegrationTests.this.parked, 0), new OffsetAndMetadata(4)));
					seen.put("committed", member.committed(partitions(BrokerFactsIntegrationTests.this.parked)));
				}

				@Override
				public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
					revoked.accept(member, partitions);
				}

			});
			// with group.protocol=consumer a partition is in assignment() before the
			// callback
			pollUntil(() -> seen.containsKey("committed"), member);
			assertThat(seen.get("committed")).asString().contains("offset=4");
		}
		assertThat(seen).containsEntry("still assigned", true);
		assertThat(BROKER.committed(this.group, this.parked, 0)).isEqualTo(9);
	}

	@Test
	void f8AllCommitsOfAGroupAreInOnePartitionOfTheOffsetsTopic() throws Exception {
		Map<String, Object> properties = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers());
		try (Consumer<byte[], byte[]> member = member(GroupProtocol.CLASSIC, this.source);
				Admin admin = Admin.create(properties);
				KafkaConsumer<byte[], byte[]> log = new KafkaConsumer<>(
						Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers(),
								ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG, false),
						new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			int partitions = Objects
				.requireNonNull(admin.describeTopics(List.of("__consumer_offsets"))
					.allTopicNames()
					.get(30, TimeUnit.SECONDS)
					.get("__consumer_offsets"))
				.partitions()
				.size();
			member.commitSync(Map.of(partition(this.source, 0), new OffsetAndMetadata(1), partition(this.parked, 0),
					new OffsetAndMetadata(2)));
			member.commitSync(Map.of(partition(this.source, 1), new OffsetAndMetadata(3)));
			int expected = (this.group.hashCode() & Integer.MAX_VALUE) % partitions;
			TopicPartition offsets = new TopicPartition("__consumer_offsets", expected);
			log.assign(List.of(offsets));
			log.seekToBeginning(List.of(offsets));
			Set<String> found = new TreeSet<>();
			Awaitility.await().atMost(TIMEOUT).until(() -> {
				log.poll(Duration.ofMillis(100)).forEach((record) -> {
					String key = new String(record.key(), StandardCharsets.ISO_8859_1);
					if (key.contains(this.group)) {
						found.add(
								key.contains(this.parked) ? this.parked : key.contains(this.source) ? this.source : "");
					}
				});
				return found.contains(this.parked) && found.contains(this.source);
			});
		}
	}

	private Consumer<byte[], byte[]> member(GroupProtocol protocol, String topic) {
		Consumer<byte[], byte[]> consumer = consumer(protocol);
		consumer.subscribe(List.of(topic));
		pollUntil(() -> consumer.assignment().size() == 2, consumer);
		return consumer;
	}

	private Consumer<byte[], byte[]> consumer(GroupProtocol protocol) {
		return new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers(),
						ConsumerConfig.GROUP_ID_CONFIG, this.group, ConsumerConfig.GROUP_PROTOCOL_CONFIG,
						protocol.name().toLowerCase(Locale.ROOT), ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	@SafeVarargs
	private static void pollUntil(BooleanSupplier condition, Consumer<byte[], byte[]>... consumers) {
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(1)).pollInSameThread().until(() -> {
			for (Consumer<byte[], byte[]> consumer : consumers) {
				consumer.poll(Duration.ofMillis(50));
			}
			return condition.getAsBoolean();
		});
	}

	private static OffsetAndMetadata committed(Consumer<?, ?> consumer, TopicPartition partition) {
		return Objects.requireNonNull(consumer.committed(Set.of(partition)).get(partition));
	}

	private static TopicPartition partition(String topic, int number) {
		return new TopicPartition(topic, number);
	}

	private static Set<TopicPartition> partitions(String topic) {
		return Set.of(partition(topic, 0), partition(topic, 1));
	}

}
