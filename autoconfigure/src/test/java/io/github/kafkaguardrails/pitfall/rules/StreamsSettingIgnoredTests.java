package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsSettingIgnored}. */
class StreamsSettingIgnoredTests {

	private static final String EXACTLY_ONCE = "exactly_once_v2";

	private final StreamsSettingIgnored rule = new StreamsSettingIgnored();

	@ParameterizedTest
	@CsvSource({ "enable.auto.commit,true", "consumer.enable.auto.commit,true", "main.consumer.enable.auto.commit,true",
			"allow.auto.create.topics,true", "consumer.group.protocol,consumer",
			"partition.assignment.strategy,org.apache.kafka.clients.consumer.RangeAssignor" })
	void flagsWhatIsAlwaysReplaced(String key, String value) {
		assertThat(check(Map.of(key, value))).hasSize(1);
		assertThat(mainConsumer(Map.of(key, value)).get(withoutPrefix(key))).isNotEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "enable.auto.commit,false", "allow.auto.create.topics,false", "main.consumer.group.protocol,classic",
			"group.protocol,classic", "max.poll.records,5", "num.standby.replicas,1", "isolation.level,read_committed",
			"enable.idempotence,false" })
	void ignoresWhatIsUsed(String key, String value) {
		assertThat(check(Map.of(key, value))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "isolation.level,read_uncommitted", "consumer.isolation.level,read_uncommitted",
			"enable.idempotence,false", "producer.enable.idempotence,false", "transactional.id,tx" })
	void flagsWhatExactlyOnceReplaces(String key, String value) {
		Map<String, String> config = Map.of(key, value, "processing.guarantee", EXACTLY_ONCE);
		assertThat(check(config)).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(1).key()).isEqualTo("processing.guarantee"));
		Map<String, Object> client = key.contains("isolation") ? mainConsumer(config) : producer(config);
		assertThat(client.get(withoutPrefix(key))).isNotEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "isolation.level,read_committed", "enable.idempotence,true", "max.in.flight.requests.per.connection,3",
			"main.consumer.isolation.level,read_uncommitted" })
	void ignoresWhatExactlyOnceKeeps(String key, String value) {
		Map<String, String> config = Map.of(key, value, "processing.guarantee", EXACTLY_ONCE);
		assertThat(check(config)).isEmpty();
		Map<String, Object> client = key.contains("isolation") ? mainConsumer(config) : producer(config);
		assertThat(client.get(withoutPrefix(key))).hasToString(value);
	}

	@ParameterizedTest
	@CsvSource({ "num.standby.replicas,1", "max.warmup.replicas,4" })
	void flagsReplicasThatTheBrokersDecideAbout(String key, String value) {
		assertThat(check(Map.of(key, value, "group.protocol", "streams"))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(1).text()).contains("--entity-name orders"));
		assertThat(check(Map.of(key, "0", "group.protocol", "streams"))).isEmpty();
	}

	@Test
	void ignoresDefaultsThatNobodyChose() {
		assertThat(this.rule.check(streams((streams) -> streams.framework("enable.auto.commit", true)))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Map.of("enable.auto.commit", "true")).get(0);
		assertThat(finding.subject()).hasToString("streams 'defaultKafkaStreamsBuilder'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("enable.auto.commit = true (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.streams.properties.enable.auto.commit");
	}

	private List<Finding> check(Map<String, String> config) {
		return this.rule.check(streams((streams) -> config
			.forEach((key, value) -> streams.property(key, "spring.kafka.streams.properties." + key, value))));
	}

	private static String withoutPrefix(String key) {
		return key.replaceAll("^((main\\.)?consumer|producer)\\.", "");
	}

	private static Map<String, Object> mainConsumer(Map<String, String> config) {
		return config(config).getMainConsumerConfigs("orders", "client", 0);
	}

	private static Map<String, Object> producer(Map<String, String> config) {
		return config(config).getProducerConfigs("client");
	}

	private static StreamsConfig config(Map<String, String> config) {
		Map<String, Object> all = new HashMap<>(Map.of("application.id", "orders", "bootstrap.servers", "localhost:1"));
		all.putAll(config);
		return new StreamsConfig(all);
	}

}
