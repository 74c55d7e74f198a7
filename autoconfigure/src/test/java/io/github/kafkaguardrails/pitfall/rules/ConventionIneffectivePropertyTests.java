package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConventionIneffectiveProperty}. */
class ConventionIneffectivePropertyTests {

	private static final String DEDICATED = "spring.kafka.consumer.max-poll-records";

	private static final String RAW = "spring.kafka.consumer.properties.max.poll.records";

	private final ConventionIneffectiveProperty rule = new ConventionIneffectiveProperty();

	@Test
	void flagsADedicatedPropertyUnderAStrongerMap() {
		Map<String, String> set = Map.of(DEDICATED, "50", RAW, "100");
		assertThat(new Binder(new MapConfigurationPropertySource(set)).bind("spring.kafka", KafkaProperties.class)
			.get()
			.buildConsumerProperties()).containsEntry("max.poll.records", "100");
		assertThat(
				check(consumer("max.poll.records", RAW, "100").withProperty(DEDICATED, "50").withProperty(RAW, "100")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.evidence()).extracting(Object::toString)
					.containsExactly(DEDICATED + " = 50 (application.yml:12:13)",
							"max.poll.records = 100 (application.yml:12:13)");
				assertThat(finding.fixes().get(0).text()).isEqualTo(DEDICATED);
			});
	}

	@ParameterizedTest
	@CsvSource({ "max.poll.interval.ms,spring.kafka.consumer.max-poll-interval,5m,300000",
			"max.poll.interval.ms,spring.kafka.consumer.max-poll-interval,PT5M,300000",
			"max.poll.interval.ms,spring.kafka.consumer.max-poll-interval,300000,300000",
			"max.poll.interval.ms,spring.kafka.consumer.max-poll-interval,unreadable,300000",
			"fetch.min.bytes,spring.kafka.consumer.fetch-min-size,1KB,1024",
			"isolation.level,spring.kafka.consumer.isolation-level,READ-COMMITTED,read_committed",
			"enable.auto.commit,spring.kafka.consumer.enable-auto-commit,on,true",
			"ssl.truststore.location,spring.kafka.consumer.ssl.trust-store-location,classpath:trust.jks,/app/trust.jks",
			"group.id,spring.kafka.consumer.group-id,${GROUP},billing",
			"partition.assignment.strategy,spring.kafka.consumer.properties.partition.assignment.strategy,'a.B, a.C','a.B,a.C'" })
	void ignoresTwoPlacesThatAgreeOrCannotBeCompared(String key, String property, String text, String given) {
		assertThat(check(consumer(key, "spring.kafka.consumer.properties." + key, given).withProperty(property, text)))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "max.poll.interval.ms,spring.kafka.consumer.max-poll-interval,6m,300000",
			"fetch.min.bytes,spring.kafka.consumer.fetch-min-size,2KB,1024",
			"isolation.level,spring.kafka.consumer.isolation-level,read-committed,read_uncommitted",
			"enable.auto.commit,spring.kafka.consumer.enable-auto-commit,off,true",
			"group.id,spring.kafka.consumer.group-id,billing,orders" })
	void flagsTwoPlacesThatDisagree(String key, String property, String text, String given) {
		assertThat(check(consumer(key, "spring.kafka.consumer.properties." + key, given).withProperty(property, text)))
			.hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "isolation.level,read_committed,spring.kafka.consumer.isolation-level: read_committed",
			"value.deserializer,a.B,spring.kafka.consumer.value-deserializer: a.B",
			"bootstrap.servers,broker:9092,spring.kafka.bootstrap-servers: broker:9092" })
	void flagsCommonPropertiesThatBootsDefaultHides(String key, String value, String fix) {
		assertThat(check(application().withConsumer("consumer", (consumer) -> consumer.framework(key, "other"))
			.withProperty("spring.kafka.properties." + key, value))).singleElement().satisfies((finding) -> {
				assertThat(finding.harm()).contains("Spring Boot always sets '" + key + "'");
				assertThat(finding.fixes().get(0).text()).isEqualTo(fix);
			});
	}

	@Test
	void ignoresACommonIsolationLevelThatStreamsReceive() {
		assertThat(check(application()
			.withConsumer("consumer", (consumer) -> consumer.framework("isolation.level", "read_uncommitted"))
			.withStreams("streams",
					(streams) -> streams.property("isolation.level", "spring.kafka.properties.isolation.level",
							"read_committed"))
			.withProperty("spring.kafka.properties.isolation.level", "read_committed"))).isEmpty();
	}

	@Test
	void ignoresAPropertyThatOneClientReceives() {
		assertThat(check(consumer("max.poll.records", DEDICATED, "50")
			.withListener("orders", (listener) -> listener.code("max.poll.records", "10"))
			.withProperty(DEDICATED, "50"))).isEmpty();
	}

	@Test
	void ignoresAPropertyInAnotherSpelling() {
		assertThat(check(consumer("max.poll.records", "SPRING_KAFKA_CONSUMER_MAXPOLLRECORDS", "50")
			.withProperty("spring.kafka.consumer.maxPollRecords", "51"))).isEmpty();
	}

	@Test
	void flagsFactoriesThatDoNotUseBootsProperties() {
		assertThat(check(application().withConsumer("mine", (consumer) -> {
			consumer.autoConfigured = false;
			consumer.code("group.id", "billing");
		}).withProperty(DEDICATED, "50"))).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("made in code");
			assertThat(finding.fixes().get(0).text()).contains("KafkaProperties");
		});
	}

	@Test
	void ignoresAMissingValueWithoutKnownCause() {
		assertThat(check(application().withConsumer("boots", (consumer) -> {
		}).withProperty(DEDICATED, "50"))).isEmpty();
	}

	@Test
	void ignoresAFactoryThatMayStillChange() {
		assertThat(check(application()
			.withProducer("boots",
					(producer) -> producer.property("acks", "spring.kafka.producer.properties.acks", "0"))
			.withProducer("mine", (producer) -> producer.customized = true)
			.withProperty("spring.kafka.producer.acks", "1"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "bootstrap.servers,spring.kafka.bootstrap-servers,broker:9092",
			"security.protocol,spring.kafka.security.protocol,SSL" })
	void ignoresPropertiesThatConnectionDetailsReplace(String key, String property, String value) {
		assertThat(check(application().withConsumer("consumer", (consumer) -> consumer.code(key, "other"))
			.withProperty(property, value))).isEmpty();
	}

	@Test
	void flagsAProtocolThatAnotherPropertyReplaces() {
		assertThat(check(consumer("security.protocol", "spring.kafka.security.protocol", "SASL_SSL")
			.withProperty("spring.kafka.properties.security.protocol", "SSL"))).hasSize(1);
	}

	@Test
	void ignoresOneElementOfAList() {
		assertThat(check(application().withConsumer("mine", (consumer) -> {
			consumer.autoConfigured = false;
			consumer.code("bootstrap.servers", List.of("a:9092", "b:9092"));
		}).withProperty("spring.kafka.consumer.bootstrap-servers[1]", "b:9092"))).isEmpty();
	}

	@Test
	void ignoresWhatNoClientIsMeantToReceive() {
		assertThat(check(consumer("group.id", "spring.kafka.consumer.group-id", "x")
			.withProperty("spring.kafka.listener.ack-mode", "manual")
			.withProperty("spring.kafka.ssl.bundle", "kafka")
			.withProperty("spring.kafka.consumer.properties.schema.registry.url", "http://x"))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(ClientType.class)
	void aPropertyOfAClientThatDoesNotExistIsAnInfo(ClientType type) {
		String property = "spring.kafka." + type.name().toLowerCase(Locale.ROOT) + ".client-id";
		assertThat(check(application().withProperty(property, "x"))).singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
		assertThat(check(application().withProperty("spring.kafka.client-id", "x"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMendWithoutSecrets() {
		Finding finding = check(
				consumer("ssl.key.password", "spring.kafka.consumer.properties.ssl.key.password", "hunter2")
					.withProperty("spring.kafka.consumer.ssl.key-password", "hunter3"))
			.get(0);
		assertThat(finding.subject()).hasToString("application");
		assertThat(finding.harm())
			.isEqualTo("No client has this value: 'ssl.key.password' is set in another place, too,"
					+ " and that one is stronger.");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("spring.kafka.consumer.ssl.key-password = ****** (application.yml:12:13)",
					"ssl.key.password = ****** (application.yml:12:13)");
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static TestSetup consumer(String key, String property, String value) {
		return application().withConsumer("consumer", (consumer) -> consumer.property(key, property, value));
	}

}
