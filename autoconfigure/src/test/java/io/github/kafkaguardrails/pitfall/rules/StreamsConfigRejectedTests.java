package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link StreamsConfigRejected} and {@link StreamsClients}. */
class StreamsConfigRejectedTests {

	private static final String EXACTLY_ONCE = "exactly_once_v2";

	private static final String GUARANTEE = "processing.guarantee";

	private static final String PUSH = "enable.metrics.push";

	private final StreamsConfigRejected rule = new StreamsConfigRejected();

	static List<Map<String, Object>> refused() {
		return List.of(Map.of(GUARANTEE, "exactly_once"), Map.of(GUARANTEE, "exactly_once_beta"),
				Map.of("num.stream.threads", "many"), Map.of("replication.factor", "x"),
				Map.of("default.value.serde", "com.example.Missing"), Map.of("topology.optimization", "some"),
				Map.of("consumer.max.poll.records", "0"), Map.of("max.poll.records", "-1"),
				Map.of("main.consumer.session.timeout.ms", "30s"), Map.of("producer.linger.ms", "x"),
				Map.of("producer.acks", "two"), Map.of("admin.request.timeout.ms", "x"),
				Map.of("isolation.level", "read-committed"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "commit.interval.ms", "30000"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "commit.interval.ms", 2000, "producer.transaction.timeout.ms", 1000),
				Map.of(GUARANTEE, EXACTLY_ONCE, "max.in.flight.requests.per.connection", "6"),
				Map.of("group.protocol", "streams", "group.instance.id", "one"),
				Map.of("group.protocol", "streams", "group.instance.id", ""),
				Map.of("group.protocol", "STREAMS", "main.consumer.group.instance.id", "one"),
				Map.of("main.consumer." + PUSH, "false"), Map.of("main.consumer." + PUSH, false),
				Map.of("admin." + PUSH, false), Map.of("consumer." + PUSH, false),
				Map.of("consumer." + PUSH, true, "admin." + PUSH, false));
	}

	static List<Map<String, Object>> accepted() {
		return List.of(Map.of(), Map.of(GUARANTEE, EXACTLY_ONCE), Map.of("commit.interval.ms", "30000"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "commit.interval.ms", "10000"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "commit.interval.ms", "30000", "producer.transaction.timeout.ms",
						"60000"),
				Map.of("max.poll.records", "0", "consumer.max.poll.records", "10"),
				Map.of("enable.auto.commit", "sometimes"), Map.of("consumer.group.protocol", "none"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "isolation.level", "read-committed"),
				Map.of(GUARANTEE, EXACTLY_ONCE, "max.in.flight.requests.per.connection", "5"),
				Map.of("group.instance.id", "one"), Map.of("group.instance.id", ""),
				Map.of("main.consumer." + PUSH, true), Map.of(PUSH, false, "main.consumer." + PUSH, false),
				Map.of("consumer." + PUSH, false, "main.consumer." + PUSH, true, "admin." + PUSH, true),
				Map.of("key.serializer", "com.example.Missing"), Map.of("topic.retention.ms", "x", "own.key", "x"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void whatIsFlaggedCannotBeStarted(Map<String, Object> config) {
		assertThat(check(config)).isNotEmpty().allSatisfy((finding) -> assertThat(finding.severity()).isNull());
		assertThatThrownBy(() -> create(config)).isInstanceOfAny(KafkaException.class, IllegalArgumentException.class,
				ClassCastException.class);
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void whatIsNotFlaggedCanBeStarted(Map<String, Object> config) {
		assertThat(check(config)).isEmpty();
		assertThatCode(() -> create(config)).doesNotThrowAnyException();
	}

	@Test
	void flagsAMissingApplicationId() {
		assertThat(this.rule
			.check(streams((streams) -> streams.value(ConfigValue.of("application.id", null, ValueOrigin.code("x"))))))
			.isEmpty();
		assertThat(check(Map.of("bootstrap.servers", ""))).hasSize(1);
	}

	@Test
	void knowsThatTheMechanismHasADefault() {
		assertThat(check(Map.of("security.protocol", "SASL_SSL"))).isEmpty();
		assertThat(check(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", ""))).hasSize(1);
	}

	@Test
	void claimsNothingOfATextThatAProviderReplaces() {
		assertThat(check(Map.of("config.providers", "file", "max.poll.records", "${file:/x:y}"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Map.of(GUARANTEE, "exactly_once")).get(0);
		assertThat(finding.subject()).hasToString("streams 'defaultKafkaStreamsBuilder'");
		assertThat(finding.harm()).isEqualTo("'processing.guarantee' must be one of at_least_once, exactly_once_v2. "
				+ "Kafka Streams cannot start with it.");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("processing.guarantee = exactly_once (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.streams.properties.processing.guarantee: exactly_once_v2");
	}

	@Test
	void suggestsATransactionThatIsLongEnough() {
		assertThat(check(Map.of(GUARANTEE, EXACTLY_ONCE, "commit.interval.ms", "30000")).get(0).fixes())
			.extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.streams.properties.commit.interval.ms: 100",
					"spring.kafka.streams.properties.producer.transaction.timeout.ms: 30000");
	}

	private List<Finding> check(Map<String, Object> config) {
		KafkaSetup setup = streams((streams) -> config
			.forEach((key, value) -> streams.property(key, "spring.kafka.streams.properties." + key, value)));
		return this.rule.check(setup);
	}

	/** As the factory bean does, and the clients that only a thread would make. */
	private static void create(Map<String, Object> config) {
		Map<String, Object> all = new HashMap<>(Map.of("application.id", "orders", "bootstrap.servers", "localhost:1"));
		all.putAll(config);
		StreamsBuilder builder = new StreamsBuilder();
		builder.stream("orders").to("copies");
		new KafkaStreams(builder.build(), new StreamsConfig(all)).close();
	}

}
