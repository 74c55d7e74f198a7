package io.github.kafkaguardrails.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import io.github.kafkaguardrails.setup.BrokerSetup;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link AdvertisedBrokers}. */
class AdvertisedBrokersIntegrationTests {

	private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);

	@BeforeAll
	static void start() {
		BROKER.brokerProperties(Map.of("advertised.listeners", "EXTERNAL://no-such-host.invalid:9092",
				"auto.create.topics.enable", "true"));
		BROKER.brokerListProperty("advertised.broker");
		BROKER.afterPropertiesSet();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(AdvertisedBrokersIntegrationTests::createsTopic);
	}

	@AfterAll
	static void stop() {
		BROKER.destroy();
	}

	@Test
	void seesWhereBrokersSendClientsThatCannotReachThem() {
		try (ClusterReader reader = new ClusterReader(Duration.ofSeconds(6), Clock.systemUTC())) {
			ClusterSetup cluster = reader
				.read(TestSetup.listener((listener) -> listener.code("bootstrap.servers", BROKER.getBrokersAsString())))
				.get(0);
			assertThat(cluster.outage()).extracting(ClusterOutage::kind).isEqualTo(ClusterOutage.Kind.TIMEOUT);
			assertThat(cluster.brokers()).containsExactly(
					new BrokerSetup(0, "no-such-host.invalid", 9092, null, BrokerSetup.Address.UNRESOLVED));
		}
	}

	/** No admin client reaches this broker, but the first question of a consumer does. */
	private static boolean createsTopic() {
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", BROKER.getBrokersAsString()), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			return !consumer.partitionsFor("orders", Duration.ofSeconds(5)).isEmpty();
		}
	}

}
