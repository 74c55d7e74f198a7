package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Runs the rules about clients on random configurations, drawn from the definitions of
 * the clients on the class path, and compares their verdict with the clients' own. Seeds
 * are consecutive and part of each failure's description.
 */
class RandomClientConfigTests {

	private static final int CONFIGURATIONS = Integer.getInteger("random.configurations", 500);

	private static final List<PitfallRule> RULES = List.of(new ProducerConfigRejected(),
			new ProducerDeliveryTimeoutInconsistent(), new ProducerAcksNotAll(), new ProducerIdempotenceDisabled(),
			new ConsumerConfigRejected(), new ConsumerGroupIdMissing(), new ConsumerAutoCommitEnabled(),
			new ConsumerAutoOffsetResetImplicit(), new ConsumerResetByDurationStalls(),
			new ConsumerGroupProtocolConflict(), new ConsumerSessionHeartbeatInconsistent(),
			new ConsumerAllowAutoCreateTopics(), new TransactionIdPrefixNotUnique(),
			new TransactionConfigurationRejected(), new TransactionConsumerReadUncommitted());

	@BeforeAll
	static void silenceTheClients() {
		LoggingSystem.get(RandomClientConfigTests.class.getClassLoader()).setLogLevel("org.apache.kafka", LogLevel.OFF);
	}

	@AfterAll
	static void letTheClientsSpeakAgain() {
		LoggingSystem.get(RandomClientConfigTests.class.getClassLoader()).setLogLevel("org.apache.kafka", null);
	}

	@Test
	void noRuleFailsOnAValidConfigurationAndNoValueIsRefused() {
		for (long seed = 0; seed < CONFIGURATIONS; seed++) {
			Random random = new Random(seed);
			Map<String, Object> producer = RandomClientConfig.draw(random, ProducerConfig.configDef(), false);
			Map<String, Object> consumer = RandomClientConfig.draw(random, ConsumerConfig.configDef(), false);
			KafkaSetup setup = setup(producer, consumer, random.nextBoolean());
			String description = "seed " + seed + ", producer " + producer + ", consumer " + consumer;
			assertThatNoException().as(description).isThrownBy(() -> RULES.forEach((rule) -> rule.check(setup)));
			assertThat(setup.producers().get(0).config().given()).as(description)
				.isNotEmpty()
				.allSatisfy(
						(value) -> assertThat(RejectedValues.accepts(setup.producers().get(0).config(), value.key()))
							.isTrue());
			assertThat(setup.listeners().get(0).consumer().given()).as(description)
				.isNotEmpty()
				.allSatisfy(
						(value) -> assertThat(RejectedValues.accepts(setup.listeners().get(0).consumer(), value.key()))
							.isTrue());
		}
	}

	@Test
	void theVerdictOnAProducerIsThatOfTheClient() {
		int refused = 0;
		for (long seed = 0; seed < CONFIGURATIONS; seed++) {
			Random random = new Random(seed);
			Map<String, Object> config = RandomClientConfig.draw(random, ProducerConfig.configDef(),
					random.nextBoolean());
			KafkaSetup setup = setup(config, Map.of(), config.containsKey("transactional.id") && random.nextBoolean());
			boolean verdict = errors(setup, new ProducerConfigRejected(), new TransactionConfigurationRejected());
			Map<String, Object> given = new LinkedHashMap<>(setup.producers().get(0).config().toMap());
			given.put("key.serializer", StringSerializer.class);
			given.put("value.serializer", StringSerializer.class);
			boolean refusal = refuses(() -> new ProducerConfig(given));
			assertThat(verdict).as("seed %d, producer %s", seed, config).isEqualTo(refusal);
			refused += refusal ? 1 : 0;
		}
		assertThat(refused).as("both kinds must be drawn").isBetween(CONFIGURATIONS / 10, CONFIGURATIONS * 9 / 10);
	}

	@Test
	void theVerdictOnAConsumerIsThatOfTheClient() {
		int refused = 0;
		for (long seed = 0; seed < CONFIGURATIONS; seed++) {
			Random random = new Random(seed);
			Map<String, Object> config = RandomClientConfig.draw(random, ConsumerConfig.configDef(),
					random.nextBoolean());
			KafkaSetup setup = setup(Map.of(), config, false);
			boolean verdict = errors(setup, new ConsumerConfigRejected(), new ConsumerGroupProtocolConflict());
			Map<String, Object> given = new LinkedHashMap<>(setup.listeners().get(0).consumer().toMap());
			given.put("key.deserializer", StringDeserializer.class);
			given.put("value.deserializer", StringDeserializer.class);
			given.put("group.id", "billing");
			boolean refusal = refuses(() -> new QuietConsumerConfig(given));
			assertThat(verdict).as("seed %d, consumer %s", seed, config).isEqualTo(refusal);
			refused += refusal ? 1 : 0;
		}
		assertThat(refused).as("both kinds must be drawn").isBetween(CONFIGURATIONS / 10, CONFIGURATIONS * 9 / 10);
	}

	private static boolean errors(KafkaSetup setup, PitfallRule... rules) {
		List<Finding> findings = new ArrayList<>();
		for (PitfallRule rule : rules) {
			findings.addAll(rule.check(setup));
		}
		assertThat(findings).allSatisfy((finding) -> assertThat(finding.severity()).isNotEqualTo(Severity.WARNING));
		return !findings.isEmpty();
	}

	private static boolean refuses(Runnable creation) {
		try {
			creation.run();
			return false;
		}
		catch (ConfigException | InvalidConfigurationException ex) {
			return true;
		}
	}

	private static KafkaSetup setup(Map<String, Object> producer, Map<String, Object> consumer, boolean transactional) {
		return application().withProducer("producer", (builder) -> {
			if (transactional) {
				builder.framework("enable.idempotence", true);
				builder.transactional("orders-");
			}
			producer.forEach((key, value) -> set(builder, key, value, !transactional));
		})
			.withListener("listener", (builder) -> consumer.forEach((key, value) -> set(builder, key, value, true)))
			.build();
	}

	private static void set(TestSetup.ClientBuilder<?> builder, String key, Object value, boolean withTransactionalId) {
		if (withTransactionalId || !"transactional.id".equals(key)) {
			builder.property(key, "spring.kafka.properties." + key, value);
		}
	}

	private static final class QuietConsumerConfig extends ConsumerConfig {

		private QuietConsumerConfig(Map<String, Object> config) {
			super(config, false);
		}

	}

}
