package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConventionUnknownClientProperty}. */
class ConventionUnknownClientPropertyTests {

	private final ConventionUnknownClientProperty rule = new ConventionUnknownClientProperty();

	@ParameterizedTest
	@CsvSource({
			// spelling variants
			"CONSUMER,max-poll-records,max.poll.records", "CONSUMER,maxPollRecords,max.poll.records",
			"CONSUMER,GROUP_ID,group.id", "PRODUCER,Acks,acks", "CONSUMER,fetch_max_bytes,fetch.max.bytes",
			"ADMIN,clientId,client.id",
			// missing suffixes
			"CONSUMER,session.timeout,session.timeout.ms", "CONSUMER,max-poll-interval,max.poll.interval.ms",
			"PRODUCER,linger,linger.ms", "PRODUCER,max.in.flight.requests,max.in.flight.requests.per.connection",
			"PRODUCER,partitioner,partitioner.class", "ADMIN,ssl.truststore,ssl.truststore.location",
			// typing errors
			"CONSUMER,auto.ofset.reset,auto.offset.reset", "CONSUMER,auto.offest.reset,auto.offset.reset",
			"CONSUMER,max.poll.record,max.poll.records", "PRODUCER,enable.idempotance,enable.idempotence",
			"PRODUCER,ack,acks", "PRODUCER,compresion.type,compression.type",
			"CONSUMER,partition.assignement.strategy,partition.assignment.strategy",
			"CONSUMER,spring.json.trusted.package,spring.json.trusted.packages",
			"CONSUMER,spring.deserializer.value.delegate.clazz,spring.deserializer.value.delegate.class",
			// the dictionary
			"PRODUCER,sasl.mechanisms,sasl.mechanism", "PRODUCER,queue.buffering.max.ms,linger.ms",
			"CONSUMER,auto.commit.enable,enable.auto.commit", "CONSUMER,auto.reset.offset,auto.offset.reset",
			"PRODUCER,metadata.broker.list,bootstrap.servers", "PRODUCER,transaction.id,transactional.id",
			"PRODUCER,max.in.flight.per.connection,max.in.flight.requests.per.connection",
			"STREAMS,max.poll.record,max.poll.records",
			"STREAMS,main.consumer.max.poll.record,main.consumer.max.poll.records",
			"STREAMS,num.stream.thread,num.stream.threads", "STREAMS,processingGuarantee,processing.guarantee" })
	void suggestsTheKeyThatWasMeant(ClientType type, String key, String meant) {
		assertThat(check(type, key)).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("Did you mean '" + meant + "'?");
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes()).extracting((fix) -> fix.text())
				.containsExactly(BootClientProperties.map(type) + "." + meant + ": 7");
		});
	}

	@ParameterizedTest
	@CsvSource({ "PRODUCER,max.poll.records,consumer,spring.kafka.consumer.properties.max.poll.records: 7",
			"PRODUCER,value.deserializer,consumer,spring.kafka.consumer.properties.value.deserializer: 7",
			"CONSUMER,value.serializer,producer,spring.kafka.producer.properties.value.serializer: 7",
			"CONSUMER,linger.ms,producer,spring.kafka.producer.properties.linger.ms: 7",
			"CONSUMER,num.stream.threads,streams,spring.kafka.streams.properties.num.stream.threads: 7",
			"ADMIN,acks,producer,spring.kafka.producer.properties.acks: 7" })
	void saysWhichClientReadsTheKey(ClientType type, String key, String owner, String fix) {
		assertThat(check(type, key)).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("It is a key of the " + owner + ".");
			assertThat(finding.fixes().get(0).text()).isEqualTo(fix);
		});
	}

	@ParameterizedTest
	@CsvSource({ "CONSUMER,retention.ms", "PRODUCER,min.insync.replicas", "PRODUCER,auto.create.topics.enable",
			"CONSUMER,message.max.bytes", "ADMIN,num.partitions", "ADMIN,cleanup.policy" })
	void saysThatItIsASettingOfTheCluster(ClientType type, String key) {
		assertThat(check(type, key)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("It is a setting of topics or brokers."));
	}

	@ParameterizedTest
	@CsvSource({ "CONSUMER,zookeeper.connect", "PRODUCER,block.on.buffer.full", "CONSUMER,auto.include.jmx.reporter" })
	void aRemovedKeyIsNoMoreThanAnInfo(ClientType type, String key) {
		assertThat(check(type, key)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.harm()).containsIgnoringCase("removed");
		});
	}

	@ParameterizedTest
	@EnumSource(ClientType.class)
	void everyForeignKeyIsExplainedAndNoneIsOneOfTheClients(ClientType type) {
		assertThat(ForeignKeys.keys()).hasSizeGreaterThan(30).allSatisfy((key) -> {
			assertThat(type.keys()).doesNotContainKey(key);
			if (type != ClientType.STREAMS) {
				assertThat(check(type, key)).hasSize(1);
			}
		});
	}

	@ParameterizedTest
	@EnumSource(ClientType.class)
	void randomValidKeysStaySilent(ClientType type) {
		long seed = System.nanoTime();
		List<String> keys = new ArrayList<>(KnownKeys.names(type));
		keys.sort(null);
		Random random = new Random(seed);
		for (int i = 0; i < 200; i++) {
			String key = keys.get(random.nextInt(keys.size()));
			assertThat(check(type, key)).as(key + ", seed " + seed).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(ClientType.class)
	void randomKeysOfUnknownPluginsStaySilent(ClientType type) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		String[] words = { "acme", "topic", "retry", "enabled", "timeout", "interceptor", "tenant", "header", "path",
				"region", "schema", "encryption", "cache", "mode" };
		for (int i = 0; i < 200; i++) {
			String key = "com." + words[random.nextInt(words.length)] + "." + words[random.nextInt(words.length)] + "."
					+ words[random.nextInt(words.length)];
			assertThat(check(type, key)).as(key + ", seed " + seed).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "schema.registry.url", "schema.registry.ssl.truststore.location",
			"schema.registry.basic.auth.user.info", "basic.auth.credentials.source", "basic.auth.user.info",
			"bearer.auth.credentials.source", "bearer.auth.token", "bearer.auth.issuer.endpoint.url",
			"bearer.auth.client.id", "auto.register.schemas", "use.latest.version", "normalize.schemas",
			"latest.compatibility.strict", "latest.cache.size", "latest.cache.ttl.sec", "use.schema.id",
			"id.compatibility.strict", "specific.avro.reader", "specific.avro.key.type", "specific.avro.value.type",
			"avro.reflection.allow.null", "avro.use.logical.type.converters", "avro.remove.java.properties",
			"schema.reflection", "key.subject.name.strategy", "value.subject.name.strategy", "json.fail.invalid.schema",
			"json.fail.unknown.properties", "json.oneof.for.nullables", "json.value.type", "json.key.type",
			"json.write.dates.iso8601", "json.indent.output", "specific.protobuf.value.type",
			"specific.protobuf.key.type", "derive.type", "skip.known.types", "reference.subject.name.strategy",
			"max.schemas.per.subject", "proxy.host", "proxy.port", "rule.executors", "rule.executors.encrypt.class",
			"rule.actions", "rule.service.loader.enable", "key.schema.id.serializer", "value.schema.id.deserializer",
			"http.connect.timeout.ms", "confluent.monitoring.interceptor.bootstrap.servers",
			"confluent.value.schema.validation", "confluent.telemetry.enabled", "apicurio.registry.url",
			"apicurio.registry.auto-register", "apicurio.registry.artifact.group-id",
			"apicurio.registry.use-specific-avro-reader", "apicurio.auth.client.id", "aws.region", "region", "endpoint",
			"registry.name", "schemaName", "compressionType", "dataFormat", "avroRecordType", "protobufMessageType",
			"schemaAutoRegistrationEnabled", "cacheSize", "timeToLiveMillis", "compatibility", "description", "tags",
			"metadata", "secondaryDeserializer", "userAgentApp", "assumeRoleArn", "otel.instrumentation.kafka.producer",
			"otel.instrumentation.micrometer.supplier", "strimzi.oauth.client.id", "strimzi.metric.reporter.listener",
			"cloudevents.serializer.encoding", "cloudevents.serializer.event_format", "config.providers.env.class",
			"config.providers.file.param.path", "metrics.context.service", "client.tag.zone",
			"oauth.token.endpoint.uri", "oauth.client.secret", "azure.schema.registry.url", "tracing.zipkin.endpoint",
			"io.opentracing.enabled", "newrelic.enabled", "datadog.kafka.enabled", "pulsar.service.url", "tenant.id",
			"encryption.key.name", "key.deserializer.encoding", "value.serializer.encoding", "deserializer.encoding",
			"list.key.serializer.inner", "header.mapper", "my.topic", "key", "debug.enabled", "max", "default", "group",
			"sasl.kerberos.ticket", "spring.cloud.stream.binding", "spring.json.custom",
			"org.springframework.boot.ssl.SslBundle" })
	void keysOfPluginsStaySilent(String key) {
		for (ClientType type : ClientType.values()) {
			assertThat(check(type, key)).as(type.name()).isEmpty();
		}
	}

	@Test
	void anApplicationMayGiveItsOwnKeysToStreams() {
		assertThat(check(ClientType.STREAMS, "retention.ms")).isEmpty();
		assertThat(check(ClientType.STREAMS, "topic.retention.ms")).isEmpty();
		assertThat(check(ClientType.STREAMS, "sasl.username")).isEmpty();
		assertThat(check(ClientType.STREAMS, "producer.linger.ms")).isEmpty();
	}

	@Test
	void aListBelowPropertiesIsReportedOnce() {
		String map = "spring.kafka.consumer.properties.";
		List<Finding> findings = this.rule.check(application()
			.withConsumer("factory",
					(consumer) -> consumer
						.property("partition.assignment.strategy.0", map + "partition.assignment.strategy[0]", "a.B")
						.property("partition.assignment.strategy.1", map + "partition.assignment.strategy[1]", "a.C"))
			.build());
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("one text with commas");
			assertThat(finding.fixes().get(0).text()).isEqualTo(map + "partition.assignment.strategy: a.B,a.C");
		});
		assertThat(check(ClientType.CONSUMER, "com.acme.list.0")).isEmpty();
	}

	@Test
	void aSharedKeyIsFineWhenOneClientReadsIt() {
		assertThat(this.rule.check(shared("max.poll.records"))).isEmpty();
		assertThat(this.rule.check(shared("linger.ms"))).isEmpty();
	}

	@Test
	void aSharedKeyIsFineWhenAClientOfTheApplicationReadsSuchKeys() {
		String property = BootClientProperties.COMMON_PROPERTIES + ".max.poll.records";
		assertThat(this.rule.check(application()
			.withProducer("producer", (producer) -> producer.property("max.poll.records", property, "7"))
			.withConsumer("mine", (consumer) -> {
			})
			.build())).isEmpty();
	}

	@Test
	void aSharedKeyThatNoClientReadsIsOneFindingForAll() {
		List<Finding> findings = this.rule.check(shared("sasl.mechanisms"));
		assertThat(findings).hasSize(3);
		assertThat(findings).extracting(Finding::harm).containsOnly(findings.get(0).harm());
		assertThat(findings).extracting(Finding::evidence).containsOnly(findings.get(0).evidence());
		assertThat(findings).extracting(Finding::fixes).containsOnly(findings.get(0).fixes());
		assertThat(findings.get(0).fixes().get(0).text()).isEqualTo("spring.kafka.properties.sasl.mechanism: 7");
	}

	@Test
	void aMapThatCodeGivesToAllClientsIsFine() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> producer.code("linger.ms", 5))
			.withConsumer("consumer", (consumer) -> consumer.code("linger.ms", 5))
			.build())).isEmpty();
	}

	@Test
	void valuesThatNobodyChoseAreNotReported() {
		assertThat(this.rule
			.check(application().withProducer("producer", (producer) -> producer.framework("linger.mss", 5)).build()))
			.isEmpty();
	}

	@Test
	void codeIsToldWhatToWrite() {
		assertThat(this.rule.check(application()
			.withProducer("producer", (producer) -> producer.code("linger", 5).code("max.poll.records", 1))
			.build())).extracting((finding) -> finding.fixes().get(0).text())
			.containsExactly("write 'linger.ms' in place of 'linger'",
					"give 'max.poll.records' to the client that reads it");
	}

	@Test
	void aKeyThatAnInterceptorMentionsStaysSilent() {
		assertThat(this.rule.check(
				application()
					.withProducer("producer",
							(producer) -> producer.code("interceptor.classes", List.of(Interceptor.class.getName()))
								.code("linger.mss", 5)
								.code("max.poll.record", 5)
								.code("compression.typ", "x")
								.code("batch.sizes", 5))
					.build()))
			.extracting((finding) -> finding.evidence().get(0).key())
			.containsExactly("batch.sizes");
	}

	@Test
	void aKeyThatTheConfigurationOfAPluginMentionsStaysSilent() {
		assertThat(
				this.rule.check(
						application()
							.withProducer("producer",
									(producer) -> producer.code("partitioner.class", Plugin.class)
										.code("batch.sizes", 5))
							.build()))
			.isEmpty();
	}

	@Test
	void aKeyThatASerializerObjectMentionsStaysSilent() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> {
			producer.code("linger.mss", 5);
			producer.valueSerializer = SerdeSetup.ofClass(Interceptor.class.getName());
		}).build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(ClientType.CONSUMER, "max.poll.interval").get(0);
		assertThat(finding.subject()).hasToString("consumer 'client'");
		assertThat(finding.evidence()).singleElement().hasToString("max.poll.interval = 7 (application.yml:12:13)");
		assertThat(finding.harm()).isEqualTo("No client that receives 'max.poll.interval' reads it: the setting has no"
				+ " effect. Did you mean 'max.poll.interval.ms'?");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text())
				.isEqualTo("spring.kafka.consumer.properties.max.poll.interval.ms: 7"));
	}

	@Test
	void aMisspeltSecretIsNotShown() {
		Finding finding = check(ClientType.CONSUMER, "ssl.key.pasword").get(0);
		assertThat(finding.evidence()).singleElement().hasToString("ssl.key.pasword = ****** (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text()).isEqualTo("write 'ssl.key.password' in place of 'ssl.key.pasword'");
	}

	private List<Finding> check(ClientType type, String key) {
		return this.rule.check(client(type, key).build());
	}

	private static TestSetup client(ClientType type, String key) {
		String property = BootClientProperties.map(type) + "." + key;
		return switch (type) {
			case PRODUCER -> application().withProducer("client", (producer) -> producer.property(key, property, "7"));
			case CONSUMER -> application().withConsumer("client", (consumer) -> consumer.property(key, property, "7"));
			case ADMIN -> application().withAdmin("client", (admin) -> admin.property(key, property, "7"));
			case STREAMS -> application().withStreams("client", (streams) -> streams.property(key, property, "7"));
		};
	}

	private static KafkaSetup shared(String key) {
		String property = BootClientProperties.COMMON_PROPERTIES + "." + key;
		return application().withProducer("producer", (producer) -> producer.property(key, property, "7"))
			.withConsumer("consumer", (consumer) -> consumer.property(key, property, "7"))
			.withAdmin("admin", (admin) -> admin.property(key, property, "7"))
			.build();
	}

	/** A plug-in that must not be initialized by a check. */
	static class Interceptor implements ProducerInterceptor<String, String> {

		static final String KEY = "linger.mss";

		static {
			fail();
		}

		private static void fail() {
			throw new IllegalStateException("initialized");
		}

		@Override
		public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
			return record;
		}

		@Override
		public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
		}

		@Override
		public void close() {
		}

		@Override
		public void configure(Map<String, ?> configs) {
			new InterceptorConfig().read(configs);
		}

	}

	/** A plug-in whose configuration is found by its name alone. */
	static class Plugin {

	}

	static class PluginConfig {

		static final String KEY = "batch.sizes";

	}

	static class InterceptorConfig {

		void read(Map<String, ?> configs) {
			configs.get("max.poll.record");
			configs.keySet().removeIf((key) -> !key.startsWith("compression."));
		}

	}

}
