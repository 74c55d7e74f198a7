package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

	private static final String SERVERS = "localhost:9092";

	private static final List<Client> CLIENTS = List.of(
			new Client(Subject.Kind.PRODUCER, ProducerConfig.configDef(), ProducerConfig::new,
					(config) -> new KafkaProducer<>(config).close(Duration.ZERO),
					Map.of("bootstrap.servers", SERVERS, "key.serializer", StringSerializer.class, "value.serializer",
							StringSerializer.class)),
			new Client(Subject.Kind.LISTENER, ConsumerConfig.configDef(), ConsumerConfig::new,
					(config) -> new KafkaConsumer<>(config).close(CloseOptions.timeout(Duration.ZERO)),
					Map.of("bootstrap.servers", SERVERS, "key.deserializer", StringDeserializer.class,
							"value.deserializer", StringDeserializer.class, "group.id", "billing", "enable.auto.commit",
							false)),
			new Client(Subject.Kind.ADMIN, AdminClientConfig.configDef(), AdminClientConfig::new,
					(config) -> Admin.create(config).close(Duration.ZERO), Map.of("bootstrap.servers", SERVERS)),
			new Client(Subject.Kind.STREAMS, StreamsConfig.configDef(), StreamsConfig::new, StreamsConfig::new,
					Map.of("bootstrap.servers", SERVERS, "application.id", "billing")));

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
			Map<Subject.Kind, Map<String, Object>> configs = draw(new Random(seed));
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

	private static Map<Subject.Kind, Map<String, Object>> draw(Random random) {
		Map<Subject.Kind, Map<String, Object>> configs = new LinkedHashMap<>();
		for (Client client : CLIENTS) {
			Map<String, Object> config;
			do {
				config = client.complete(RandomClientConfig.drawValues(random, client.definition()));
			}
			while (refuses(client.check(), config));
			configs.put(client.kind(), config);
		}
		return configs;
	}

	private static KafkaSetup setup(Map<Subject.Kind, Map<String, Object>> configs, long seed) {
		TestSetup setup = application();
		setup.production = seed % 3 == 0;
		setup.development = seed % 3 == 1;
		return setup.withProducer("producer", (builder) -> fill(builder, configs, Subject.Kind.PRODUCER))
			.withListener("listener", (builder) -> fill(builder, configs, Subject.Kind.LISTENER))
			.withAdmin("admin", (builder) -> fill(builder, configs, Subject.Kind.ADMIN))
			.withStreams("streams", (builder) -> fill(builder, configs, Subject.Kind.STREAMS))
			.build();
	}

	private static void fill(TestSetup.ClientBuilder<?> builder, Map<Subject.Kind, Map<String, Object>> configs,
			Subject.Kind kind) {
		Objects.requireNonNull(configs.get(kind))
			.forEach((key, value) -> builder.property(key, "spring.kafka.properties." + key, value));
	}

	private static boolean refused(Subject subject, Map<Subject.Kind, Map<String, Object>> configs) {
		Client client = CLIENTS.stream()
			.filter((candidate) -> candidate.kind() == subject.kind())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Nobody creates " + subject));
		Map<String, Object> config = Objects.requireNonNull(configs.get(subject.kind()));
		return (subject.kind() == Subject.Kind.PRODUCER && refusesEveryRecord(config))
				|| (subject.kind() == Subject.Kind.STREAMS && hasNoLogin(config)) || refuses(client.creation(), config);
	}

	/**
	 * The clients of a Streams application are not created here, and would be refused.
	 */
	private static boolean hasNoLogin(Map<String, Object> config) {
		return String.valueOf(config.get("security.protocol")).startsWith("SASL")
				&& config.get("sasl.jaas.config") == null;
	}

	/** A producer takes the memory of a whole batch for the first record, and fails. */
	private static boolean refusesEveryRecord(Map<String, Object> config) {
		Map<String, Object> parsed = ProducerConfig.configDef().parse(config);
		return ((Number) Objects.requireNonNull(parsed.get(ProducerConfig.BUFFER_MEMORY_CONFIG)))
			.longValue() < ((Number) Objects.requireNonNull(parsed.get(ProducerConfig.BATCH_SIZE_CONFIG))).longValue();
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

	/**
	 * What a client makes of a configuration.
	 *
	 * @param kind the client
	 * @param definition its keys
	 * @param check refuses what its configuration refuses
	 * @param creation refuses what the client itself refuses
	 * @param needed without these it refuses everything
	 */
	private record Client(Subject.Kind kind, ConfigDef definition, Consumer<Map<String, Object>> check,
			Consumer<Map<String, Object>> creation, Map<String, Object> needed) {

		Map<String, Object> complete(Map<String, Object> config) {
			Map<String, Object> complete = new LinkedHashMap<>(config);
			complete.putAll(this.needed);
			return complete;
		}

	}

}
