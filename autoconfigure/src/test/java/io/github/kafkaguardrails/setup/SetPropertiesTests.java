package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SetPropertiesTests {

	private final ApplicationContextRunner runner = ReaderRunner.fileRunner();

	@Test
	void tellsFileLineAndColumnOfABoundProperty() {
		ReaderRunner.picture(this.runner, (setup) -> {
			ConfigValue value = property(setup, "spring.kafka.consumer.group-id");
			assertThat(value.origin()).hasToString("setup-reader.yml:7:17");
			assertThat(value.origin().property()).isEqualTo("spring.kafka.consumer.group-id");
			assertThat(value.value()).isEqualTo("billing");
			assertThat(value.raw()).isEqualTo("${reader.group}");
		});
	}

	@Test
	void keepsTheSpellingOfTheUser() {
		ReaderRunner.picture(this.runner, (setup) -> {
			assertThat(property(setup, "spring.kafka.consumer.maxPollRecords").origin())
				.hasToString("setup-reader.yml:8:23");
			assertThat(property(setup, "spring.kafka.properties[metadata.max.age.ms]").origin())
				.hasToString("setup-reader.yml:5:32");
			assertThat(property(setup, "spring.kafka.consumer.properties.session.timeout.ms").origin())
				.hasToString("setup-reader.yml:12:29");
		});
	}

	@Test
	void findsPropertiesThatNothingBinds() {
		ReaderRunner.picture(this.runner, (setup) -> {
			assertThat(property(setup, "spring.kafka.consumer.session-timeout").origin())
				.hasToString("setup-reader.yml:13:24");
			assertThat(property(setup, "kafka.guardrails.rules.producer-acks-not-all").origin())
				.hasToString("setup-reader.yml:24:30");
		});
	}

	@Test
	void showsEachPropertyOnce() {
		ReaderRunner.picture(this.runner, (setup) -> {
			List<String> keys = keys(setup);
			assertThat(keys).hasSizeGreaterThan(10).doesNotHaveDuplicates();
			assertThat(keys).allMatch((key) -> key.startsWith("spring.kafka.") || key.startsWith("kafka.guardrails."));
		});
	}

	@Test
	void prefersTheFileOfTheProfile() {
		ReaderRunner.picture(this.runner.withPropertyValues("spring.profiles.active=prod"), (setup) -> {
			ConfigValue value = property(setup, "spring.kafka.producer.acks");
			assertThat(value.value()).isEqualTo("all");
			assertThat(value.origin()).hasToString("setup-reader-prod.yml:4:13");
			assertThat(keys(setup)).containsOnlyOnce("spring.kafka.producer.acks");
		});
	}

	@Test
	void prefersAnEnvironmentVariableToAFile() {
		ReaderRunner.picture(withEnvironment("SPRING_KAFKA_CONSUMER_GROUP_ID", "other"), (setup) -> {
			ConfigValue value = property(setup, "SPRING_KAFKA_CONSUMER_GROUP_ID");
			assertThat(value.value()).isEqualTo("other");
			assertThat(value.origin()).hasToString("environment variable SPRING_KAFKA_CONSUMER_GROUP_ID");
			assertThat(keys(setup)).doesNotContain("spring.kafka.consumer.group-id");
		});
	}

	@Test
	void takesAnOverriddenEnvironmentVariableForNoOtherProperty() {
		ReaderRunner.picture(
				withEnvironment("SPRING_KAFKA_CONSUMER_GROUP_ID", "other").withInitializer((context) -> context
					.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("strong", Map.of("spring.kafka.consumer.group-id", "strongest")))),
				(setup) -> {
					assertThat(property(setup, "spring.kafka.consumer.group-id").value()).isEqualTo("strongest");
					assertThat(keys(setup)).doesNotContain("SPRING_KAFKA_CONSUMER_GROUP_ID");
				});
	}

	@Test
	void namesASystemProperty() {
		ReaderRunner.picture(ReaderRunner.runner().withSystemProperties("spring.kafka.client-id=orders"),
				(setup) -> assertThat(property(setup, "spring.kafka.client-id").origin())
					.hasToString("system property spring.kafka.client-id"));
	}

	@Test
	void namesACommandLineArgument() {
		CommandLinePropertySource<?> arguments = new SimpleCommandLinePropertySource(
				"--spring.kafka.producer.retries=3");
		ReaderRunner.picture(
				this.runner
					.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(arguments)),
				(setup) -> assertThat(property(setup, "spring.kafka.producer.retries").origin())
					.hasToString("command line argument --spring.kafka.producer.retries"));
	}

	@Test
	void namesAnyOtherSource() {
		ReaderRunner.picture(
				this.runner.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("vault", Map.of("spring.kafka.client-id", "x")))),
				(setup) -> assertThat(property(setup, "spring.kafka.client-id").origin()).hasToString("vault"));
	}

	@Test
	void mixesNoElementsOfAWeakerListIntoAStronger() {
		ReaderRunner.picture(
				ReaderRunner.runner()
					.withPropertyValues("spring.kafka.bootstrap-servers=one:9092")
					.withInitializer((context) -> context.getEnvironment()
						.getPropertySources()
						.addLast(new MapPropertySource("weak",
								Map.of("spring.kafka.bootstrap-servers[0]", "a:1", "spring.kafka.bootstrap-servers[1]",
										"b:1")))),
				(setup) -> assertThat(keys(setup)).filteredOn((key) -> key.contains("bootstrap"))
					.containsExactly("spring.kafka.bootstrap-servers"));
	}

	@Test
	void leavesSafeDefaultsOut() {
		ReaderRunner.picture(this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("kafkaGuardrailsSafeDefaults",
					Map.of("spring.kafka.producer.compression-type", "lz4")))),
				(setup) -> {
					assertThat(keys(setup)).isNotEmpty().doesNotContain("spring.kafka.producer.compression-type");
					assertThat(setup.producers().get(0).config().get("compression.type").origin())
						.isEqualTo(ValueOrigin.safeDefault());
				});
	}

	@Test
	void survivesAPlaceholderThatCannotBeResolved() {
		ReaderRunner.picture(this.runner.withPropertyValues("spring.kafka.unknown=${no.such.value}"),
				(setup) -> assertThat(property(setup, "spring.kafka.unknown").raw()).isEqualTo("${no.such.value}"));
	}

	private ApplicationContextRunner withEnvironment(String name, String value) {
		return this.runner.withInitializer((context) -> TestPropertyValues.of(name + "=" + value)
			.applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT));
	}

	private static List<String> keys(KafkaSetup setup) {
		return setup.application().properties().set().stream().map(ConfigValue::key).toList();
	}

	private static ConfigValue property(KafkaSetup setup, String key) {
		List<ConfigValue> set = setup.application().properties().set();
		return set.stream()
			.filter((value) -> value.key().equals(key))
			.findFirst()
			.orElseThrow(() -> new AssertionError(key + " not among " + set));
	}

}
