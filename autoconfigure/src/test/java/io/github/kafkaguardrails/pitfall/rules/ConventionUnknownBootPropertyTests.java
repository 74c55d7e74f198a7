package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootMetadata;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConventionUnknownBootProperty}. */
class ConventionUnknownBootPropertyTests {

	private static final List<KnownProperty> BOOT = BootMetadata.known();

	private final ConventionUnknownBootProperty rule = new ConventionUnknownBootProperty();

	@ParameterizedTest
	@CsvSource({ "spring.kafka.consumer.max-poll-record,spring.kafka.consumer.max-poll-records",
			"spring.kafka.consumer.maxPollRecord,spring.kafka.consumer.max-poll-records",
			"spring.kafka.bootstrap-server,spring.kafka.bootstrap-servers",
			"spring.kafka.boostrap-servers,spring.kafka.bootstrap-servers",
			"spring.kafka.consummer.group-id,spring.kafka.consumer.group-id",
			"spring.kafka.consumer.group.id,spring.kafka.consumer.group-id",
			"spring.kafka.client.id,spring.kafka.client-id",
			"spring.kafka.producer.value-serialiser,spring.kafka.producer.value-serializer",
			"spring.kafka.listener.ackMod,spring.kafka.listener.ack-mode",
			"spring.kafka.consumer.ack-mode,spring.kafka.listener.ack-mode",
			"spring.kafka.consumer.session-timeout,spring.kafka.consumer.properties.session.timeout.ms",
			"spring.kafka.consumer.session-timeout-ms,spring.kafka.consumer.properties.session.timeout.ms",
			"spring.kafka.consumer.partition-assignment-strategy,spring.kafka.consumer.properties.partition.assignment.strategy",
			"spring.kafka.producer.linger-ms,spring.kafka.producer.properties.linger.ms",
			"spring.kafka.producer.linger.ms,spring.kafka.producer.properties.linger.ms",
			"spring.kafka.producer.delivery-timeout,spring.kafka.producer.properties.delivery.timeout.ms",
			"spring.kafka.producer.enable-idempotence,spring.kafka.producer.properties.enable.idempotence",
			"spring.kafka.streams.num-stream-threads,spring.kafka.streams.properties.num.stream.threads" })
	void suggestsThePropertyThatWasMeant(String property, String meant) {
		assertThat(check(property)).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("Did you mean '" + meant + "'?");
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes()).extracting((fix) -> fix.text()).containsExactly(meant + ": 7");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.topic.orders", "spring.kafka.enabled", "spring.kafka.consumer.topic",
			"spring.kafka.consumer.concurrency", "spring.kafka.listener.topic", "spring.kafka.listener.time",
			"spring.kafka.producer.tags" })
	void aNameWithoutExplanationIsNoMoreThanAnInfoAndItsValueIsNotShown(String property) {
		assertThat(check(property)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.evidence().get(0)).hasToString(property + " = ****** (application.yml:12:13)");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.consumer.max-poll-records", "spring.kafka.consumer.maxPollRecords",
			"SPRING_KAFKA_CONSUMER_MAXPOLLRECORDS", "SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS",
			"spring.kafka.bootstrap-servers[0]", "spring.kafka.properties.any.key",
			"spring.kafka.jaas.options.useKeyTab", "spring.kafka.consumer.properties[max.poll.record]",
			"SPRING_KAFKA_BOOTSTRAP_SERVER", "SPRING_KAFKA_TOPIC_ORDERS", "spring.kafka.consumer", "spring.kafka",
			"spring.kafka-extra.x", "kafka.guardrails.enable", "spring.application.name" })
	void staysSilent(String property) {
		assertThat(check(property)).isEmpty();
	}

	@Test
	void everyDeclaredPropertyStaysSilentInAnySpelling() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		List<KnownProperty> live = BOOT.stream().filter((property) -> property.deprecation() == null).toList();
		assertThat(live).hasSizeGreaterThan(100);
		for (int i = 0; i < 300; i++) {
			String name = live.get(random.nextInt(live.size())).name();
			String spelling = switch (random.nextInt(4)) {
				case 0 -> name.replace('-', '_');
				case 1 -> name.replace("-", "");
				case 2 -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
				default -> name;
			};
			assertThat(check(spelling)).as(spelling + ", seed " + seed).isEmpty();
		}
	}

	@Test
	void anEnvironmentVariableByItsOriginStaysSilent() {
		String property = "spring.kafka.consumer.max.poll.record";
		assertThat(this.rule.check(known()
			.withProperty(ConfigValue.of(property, "7",
					ValueOrigin.property(property, "environment variable SPRING_KAFKA_CONSUMER_MAX_POLL_RECORD")))
			.build())).isEmpty();
	}

	@Test
	void aValueThatAnotherPropertyRefersToStaysSilent() {
		assertThat(this.rule.check(known().withProperty("spring.kafka.boostrap-servers", "broker:9092")
			.withProperty("spring.kafka.bootstrap-servers", "${spring.kafka.boostrap-servers}")
			.build())).isEmpty();
		assertThat(this.rule.check(known().withProperty("spring.kafka.topic", "x")
			.withProperty("spring.kafka.template.default-topic", "${spring.kafka.topic:orders}")
			.build())).isEmpty();
	}

	@Test
	void saysNothingWithoutMetadata() {
		assertThat(this.rule.check(application().withKnownProperty("kafka.guardrails.enabled", false)
			.withProperty("spring.kafka.bootstrap-server", "x")
			.build())).isEmpty();
	}

	@Test
	void aSafeDefaultIsNoMistakeOfTheUser() {
		assertThat(this.rule.check(known()
			.withProperty(ConfigValue.of("spring.kafka.consumer.max-poll-record", "7", ValueOrigin.safeDefault()))
			.build())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({
			"spring.kafka.streams.cache-max-size-buffering,spring.kafka.streams.state-store-cache-max-size: 7,WARNING",
			"spring.kafka.retry.topic.backoff.random,spring.kafka.retry.topic.backoff.jitter: 7,WARNING",
			"spring.kafka.listener.only-log-record-metadata,spring.kafka.listener.only-log-record-metadata,WARNING",
			"SPRING_KAFKA_RETRY_TOPIC_BACKOFF_RANDOM,spring.kafka.retry.topic.backoff.jitter: 7,WARNING",
			"spring.kafka.retry.topic.delay,spring.kafka.retry.topic.backoff.delay: 7,INFO" })
	void namesWhatReplacesARemovedOrDeprecatedProperty(String property, String fix, Severity severity) {
		assertThat(check(property)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(severity);
			assertThat(finding.fixes()).extracting((mend) -> mend.text()).containsExactly(fix);
		});
	}

	@Test
	void aRemovedSpellingThatStillBindsStaysSilent() {
		String property = "spring.kafka.ssl.keystore-password";
		assertThat(BOOT).anySatisfy((known) -> {
			assertThat(known.name()).isEqualTo(property);
			assertThat(known.deprecation()).isEqualTo("error");
		});
		assertThat(new Binder(new MapConfigurationPropertySource(Map.of(property, "x")))
			.bind("spring.kafka", KafkaProperties.class)
			.get()
			.getSsl()
			.getKeyStorePassword()).isEqualTo("x");
		assertThat(check(property)).isEmpty();
	}

	@Test
	void aSettingThatOnlyContainersHaveIsSetInCode() {
		assertThat(check("spring.kafka.listener.syncCommits")).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes().get(0).text()).contains("container factory");
		});
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("spring.kafka.bootstrap-server").get(0);
		assertThat(finding.subject()).hasToString("application");
		assertThat(finding.harm()).isEqualTo("Nothing binds this property: the setting has no effect."
				+ " Did you mean 'spring.kafka.bootstrap-servers'?");
		assertThat(finding.evidence()).singleElement()
			.hasToString("spring.kafka.bootstrap-server = 7 (application.yml:12:13)");
	}

	@Test
	void aMisspeltSecretIsNotShown() {
		Finding finding = check("spring.kafka.ssl.key-store-pasword").get(0);
		assertThat(finding.evidence().get(0))
			.hasToString("spring.kafka.ssl.key-store-pasword = ****** (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("write 'spring.kafka.ssl.key-store-password' in place of it");
	}

	private List<Finding> check(String property) {
		return this.rule.check(known().withProperty(property, "7").build());
	}

	private static TestSetup known() {
		return application().withKnownProperties(BOOT);
	}

}
