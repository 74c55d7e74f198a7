package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.serialization.LongDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link BootClientProperties}, against {@link KafkaProperties} itself. */
class BootClientPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "spring.kafka.consumer.max-poll-records,CONSUMER,max.poll.records",
			"spring.kafka.consumer.maxPollRecords,CONSUMER,max.poll.records",
			"SPRING_KAFKA_CONSUMER_MAXPOLLRECORDS,CONSUMER,max.poll.records",
			"SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS,CONSUMER,max.poll.records",
			"spring.kafka.producer.properties.linger.ms,PRODUCER,linger.ms",
			"spring.kafka.producer.properties[linger.ms],PRODUCER,linger.ms",
			"SPRING_KAFKA_PRODUCER_PROPERTIES_LINGER_MS,PRODUCER,linger.ms",
			"spring.kafka.admin.ssl.trust-store-location,ADMIN,ssl.truststore.location",
			"spring.kafka.streams.state-dir,STREAMS,state.dir",
			"spring.kafka.producer.bootstrap-servers[0],PRODUCER,bootstrap.servers" })
	void knowsWhatAPropertySets(String property, ClientType client, String key) {
		assertThat(BootClientProperties.target(property)).hasValueSatisfying((target) -> {
			assertThat(target.clients()).containsExactly(client);
			assertThat(target.key()).isEqualTo(key);
		});
	}

	@Test
	void aCommonPropertyIsMeantForEveryClient() {
		assertThat(BootClientProperties.target("spring.kafka.client-id")).hasValueSatisfying((target) -> {
			assertThat(target.clients()).containsExactlyInAnyOrder(ClientType.values());
			assertThat(target.raw()).isFalse();
		});
		assertThat(BootClientProperties.target("spring.kafka.properties.client.rack"))
			.hasValueSatisfying((target) -> assertThat(target.raw()).isTrue());
	}

	@Test
	void saysNothingOfPropertiesThatNoClientReceives() {
		assertThat(BootClientProperties.target("spring.kafka.listener.ack-mode")).isEmpty();
		assertThat(BootClientProperties.target("spring.kafka.consumer.properties")).isEmpty();
		assertThat(BootClientProperties.target("spring.kafka.producer.transaction-id-prefix")).isEmpty();
	}

	@Test
	void knowsExactlyThePropertiesThatBootHandsToClients() {
		List<String> mapped = new ArrayList<>();
		BootMetadata.types().forEach((name, type) -> {
			for (ClientType client : ClientType.values()) {
				boolean known = BootClientProperties.target(name)
					.filter((target) -> target.clients().contains(client))
					.isPresent();
				boolean handedOver = !build(client, Map.of(name, sample(type))).equals(build(client, Map.of()));
				assertThat(known).as(name + " for " + client).isEqualTo(handedOver);
				if (known) {
					mapped.add(name);
				}
			}
		});
		assertThat(mapped).hasSizeGreaterThan(80);
	}

	@Test
	void aPropertySetsTheKeyThatItSaysItSets() {
		int checked = 0;
		for (Map.Entry<String, String> property : BootMetadata.types().entrySet()) {
			BootClientProperties.Target target = BootClientProperties.target(property.getKey()).orElse(null);
			if (target != null) {
				ClientType client = target.clients().iterator().next();
				Map<String, Object> before = build(client, Map.of());
				Map<String, Object> after = build(client, Map.of(property.getKey(), sample(property.getValue())));
				assertThat(after.get(target.key())).as(property.getKey()).isNotEqualTo(before.get(target.key()));
				checked++;
			}
		}
		assertThat(checked).isGreaterThan(80);
	}

	@ParameterizedTest
	@EnumSource(ClientType.class)
	void theStrongestPropertyWinsInBoot(ClientType client) {
		int compared = 0;
		for (String key : List.of("client.id", "ssl.truststore.type", "max.poll.records", "acks", "state.dir",
				"isolation.level", "value.deserializer", "value.serializer")) {
			List<String> properties = BootClientProperties.properties(client, key);
			for (int i = 0; i + 1 < properties.size(); i++) {
				Map<String, String> set = Map.of(properties.get(i), strong(key), properties.get(i + 1), weak(key));
				assertThat(text(build(client, set).get(key))).as(set.toString()).isEqualTo(strong(key));
				compared++;
			}
		}
		assertThat(compared).isGreaterThan(10);
	}

	@Test
	void theConnectionDetailsWinOverTheMaps() {
		assertThat(BootClientProperties.properties(ClientType.CONSUMER, "bootstrap.servers"))
			.containsExactly("spring.kafka.consumer.bootstrap-servers", "spring.kafka.bootstrap-servers");
		assertThat(BootClientProperties.properties(ClientType.ADMIN, "security.protocol")).containsExactly(
				"spring.kafka.admin.security.protocol", "spring.kafka.security.protocol",
				"spring.kafka.admin.properties.security.protocol", "spring.kafka.properties.security.protocol");
	}

	private static Map<String, Object> build(ClientType client, Map<String, String> set) {
		KafkaProperties properties = new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("spring.kafka",
				KafkaProperties.class);
		return switch (client) {
			case PRODUCER -> properties.buildProducerProperties();
			case CONSUMER -> properties.buildConsumerProperties();
			case ADMIN -> properties.buildAdminProperties();
			case STREAMS -> properties.buildStreamsProperties();
		};
	}

	private static String sample(String type) {
		return switch (type) {
			case "java.time.Duration" -> "7s";
			case "org.springframework.util.unit.DataSize" -> "7KB";
			case "java.lang.Boolean" -> "true";
			case "java.lang.Class<?>" -> "java.lang.Object";
			case "org.springframework.core.io.Resource" -> "file:trust";
			case "org.springframework.boot.kafka.autoconfigure.KafkaProperties$IsolationLevel" -> "read-committed";
			case "org.springframework.boot.kafka.autoconfigure.KafkaProperties$Listener$Type" -> "batch";
			case "org.springframework.kafka.listener.ContainerProperties$AckMode" -> "manual";
			case "org.springframework.kafka.security.jaas.KafkaJaasLoginModuleInitializer$ControlFlag" -> "optional";
			default -> "7";
		};
	}

	private static String strong(String key) {
		return switch (key) {
			case "isolation.level" -> "read_committed";
			case "value.deserializer", "value.serializer" -> LongDeserializer.class.getName();
			default -> "7";
		};
	}

	private static String weak(String key) {
		return switch (key) {
			case "isolation.level" -> "read_uncommitted";
			case "value.deserializer", "value.serializer" -> "java.lang.Object";
			default -> "8";
		};
	}

	private static String text(@Nullable Object value) {
		return (value instanceof Class<?> type) ? type.getName() : String.valueOf(value);
	}

}
