package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs all rules on unusual but valid configurations of all clients: none may fail, and
 * an error is only for what the client itself refuses. Seeds are consecutive and part of
 * each failure's description.
 */
class RandomSetupTests {

	private static final int CONFIGURATIONS = Integer.getInteger("random.setups", 2000);

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

	private final PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());

	@BeforeAll
	static void silenceTheClients() {
		LoggingSystem.get(RandomSetupTests.class.getClassLoader()).setLogLevel("org.apache.kafka", LogLevel.OFF);
	}

	@AfterAll
	static void letTheClientsSpeakAgain() {
		LoggingSystem.get(RandomSetupTests.class.getClassLoader()).setLogLevel("org.apache.kafka", null);
	}

	@Test
	void noRuleFailsAndNoneCallsAnErrorWhatTheClientAccepts() {
		int unusual = 0;
		int errors = 0;
		for (long seed = 0; seed < CONFIGURATIONS; seed++) {
			Map<Client, Map<String, Object>> configs = draw(new Random(seed));
			PitfallReport report = this.catalogue.check(setup(configs, seed), PitfallSettings.defaults(), TODAY);
			String description = "seed " + seed + ", " + configs;
			assertThat(report.rules()).as(description).isGreaterThan(30);
			assertThat(report.findings()).as(description)
				.allSatisfy((finding) -> assertThat(finding.state()).isNotEqualTo(ReportedFinding.State.UNKNOWN));
			unusual += report.violations().isEmpty() ? 0 : 1;
			for (ReportedFinding finding : report.violations()) {
				if (finding.severity() == Severity.ERROR) {
					errors++;
					assertThat(finding.subjects()).as("%s %s", description, finding)
						.allSatisfy((subject) -> assertThat(refused(subject, configs)).isTrue());
				}
			}
		}
		assertThat(errors).as("errors that the clients confirm").isPositive();
		assertThat(unusual).as("findings of any severity").isGreaterThan(CONFIGURATIONS / 2);
	}

	private static Map<Client, Map<String, Object>> draw(Random random) {
		Map<Client, Map<String, Object>> configs = new LinkedHashMap<>();
		for (Client client : Client.values()) {
			Map<String, Object> config;
			do {
				config = RandomClientConfig.drawValues(random, client.definition);
			}
			while (refuses(client.check, client.complete(config)));
			configs.put(client, config);
		}
		return configs;
	}

	private static KafkaSetup setup(Map<Client, Map<String, Object>> configs, long seed) {
		TestSetup setup = application();
		setup.production = seed % 3 == 0;
		setup.development = seed % 3 == 1;
		return setup.withProducer("producer", (builder) -> fill(builder, configs.get(Client.PRODUCER)))
			.withListener("listener", (builder) -> fill(builder, configs.get(Client.CONSUMER)))
			.withAdmin("admin", (builder) -> fill(builder, configs.get(Client.ADMIN)))
			.withStreams("streams", (builder) -> fill(builder, Client.STREAMS.complete(configs.get(Client.STREAMS))))
			.build();
	}

	private static void fill(TestSetup.ClientBuilder<?> builder, Map<String, Object> config) {
		config.forEach((key, value) -> builder.property(key, "spring.kafka.properties." + key, value));
	}

	private static boolean refused(Subject subject, Map<Client, Map<String, Object>> configs) {
		Client client = switch (subject.kind()) {
			case PRODUCER -> Client.PRODUCER;
			case LISTENER -> Client.CONSUMER;
			case ADMIN -> Client.ADMIN;
			case STREAMS -> Client.STREAMS;
			default -> throw new IllegalStateException("Nobody creates " + subject);
		};
		return refuses(client.creation, client.complete(configs.get(client)));
	}

	private static boolean refuses(Consumer<Map<String, Object>> creation, Map<String, Object> config) {
		try {
			creation.accept(config);
			return false;
		}
		catch (KafkaException | IllegalArgumentException ex) {
			return true;
		}
	}

	/** What a client makes of a configuration. */
	private enum Client {

		PRODUCER(ProducerConfig.configDef(), ProducerConfig::new,
				(config) -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())
					.close(Duration.ZERO),
				Map.of("key.serializer", ByteArraySerializer.class, "value.serializer", ByteArraySerializer.class)),

		CONSUMER(ConsumerConfig.configDef(), ConsumerConfig::new,
				(config) -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())
					.close(CloseOptions.timeout(Duration.ZERO)),
				Map.of("key.deserializer", ByteArrayDeserializer.class, "value.deserializer",
						ByteArrayDeserializer.class, "group.id", "billing", "enable.auto.commit", false)),

		ADMIN(AdminClientConfig.configDef(), AdminClientConfig::new,
				(config) -> Admin.create(config).close(Duration.ZERO), Map.of()),

		STREAMS(StreamsConfig.configDef(), StreamsConfig::new, StreamsConfig::new, Map.of("application.id", "billing"));

		private final ConfigDef definition;

		private final Consumer<Map<String, Object>> check;

		private final Consumer<Map<String, Object>> creation;

		private final Map<String, Object> needed;

		Client(ConfigDef definition, Consumer<Map<String, Object>> check, Consumer<Map<String, Object>> creation,
				Map<String, Object> needed) {
			this.definition = definition;
			this.check = check;
			this.creation = creation;
			this.needed = needed;
		}

		/** With what the builders of the picture, or Spring, supply. */
		private Map<String, Object> complete(Map<String, Object> config) {
			Map<String, Object> complete = new LinkedHashMap<>(this.needed);
			complete.put("bootstrap.servers", "localhost:9092");
			complete.putAll(config);
			return complete;
		}

	}

}
