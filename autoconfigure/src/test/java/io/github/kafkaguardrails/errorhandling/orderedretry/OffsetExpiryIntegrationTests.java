package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why the state of the parked topic is committed again now and then (F6): offsets of a
 * topic to which nobody in the group is subscribed expire while the group is active.
 * Takes a bit more than a minute, the shortest retention that a broker can have.
 */
class OffsetExpiryIntegrationTests {

	@Test
	void f6OffsetsOfATopicToWhichNobodyIsSubscribedExpireInAnActiveGroup() {
		EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1, "source", "parked", "renewed");
		broker.brokerProperties(Map.of("offsets.retention.minutes", "1", "offsets.retention.check.interval.ms", "1000",
				"group.initial.rebalance.delay.ms", "0"));
		broker.afterPropertiesSet();
		TopicPartition source = new TopicPartition("source", 0);
		TopicPartition parked = new TopicPartition("parked", 0);
		TopicPartition renewed = new TopicPartition("renewed", 0);
		try (Consumer<byte[], byte[]> member = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString(),
						ConsumerConfig.GROUP_ID_CONFIG, "expiry", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			member.subscribe(List.of("source"));
			Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
				member.poll(Duration.ofMillis(50));
				return member.assignment().contains(source);
			});
			member.commitSync(Map.of(source, new OffsetAndMetadata(1), parked, new OffsetAndMetadata(1, "1state")));
			Awaitility.await().pollInSameThread().atMost(Duration.ofMinutes(2)).until(() -> {
				member.poll(Duration.ofMillis(500));
				member.commitSync(Map.of(renewed, new OffsetAndMetadata(1)));
				return member.committed(Set.of(parked)).get(parked) == null;
			});
			assertThat(member.committed(Set.of(source, renewed)).values()).doesNotContainNull().hasSize(2);
		}
		finally {
			broker.destroy();
		}
	}

}
