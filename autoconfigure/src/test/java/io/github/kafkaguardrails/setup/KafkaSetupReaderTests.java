package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaSetupReaderTests {

	@Test
	void describesTheAutoConfiguredClients() {
		ReaderRunner.picture(ReaderRunner.fileRunner(), (setup) -> {
			ProducerSetup producer = ReaderRunner.producer(setup, "kafkaProducerFactory");
			assertThat(setup.producers()).hasSize(1);
			assertThat(producer.templates()).extracting(TemplateSetup::name).containsExactly("kafkaTemplate");
			assertThat(producer.autoConfigured()).isTrue();
			assertThat(producer.customized()).isFalse();
			assertThat(producer.transactional()).isFalse();
			assertThat(producer.clientMetrics()).isFalse();
			assertThat(setup.consumers()).singleElement().satisfies((consumer) -> {
				assertThat(consumer.name()).isEqualTo("kafkaConsumerFactory");
				assertThat(consumer.autoConfigured()).isTrue();
			});
			assertThat(setup.admins()).singleElement().extracting(AdminSetup::name).isEqualTo("kafkaAdmin");
			assertThat(setup.listeners()).isEmpty();
			assertThat(setup.streams()).isEmpty();
		});
	}

	@Test
	void findsThePropertyBehindEachValueOfAClient() {
		ReaderRunner.picture(ReaderRunner.fileRunner(), (setup) -> {
			ClientConfig consumer = setup.consumers().get(0).config();
			assertOrigin(consumer, "bootstrap.servers", "setup-reader.yml:3:24");
			assertOrigin(consumer, "metadata.max.age.ms", "setup-reader.yml:5:32");
			assertOrigin(consumer, "group.id", "setup-reader.yml:7:17");
			assertOrigin(consumer, "max.poll.records", "setup-reader.yml:8:23");
			assertOrigin(consumer, "max.poll.interval.ms", "setup-reader.yml:9:26");
			assertOrigin(consumer, "isolation.level", "setup-reader.yml:10:24");
			assertOrigin(consumer, "session.timeout.ms", "setup-reader.yml:12:29");
			assertThat(consumer.get("group.id").raw()).isEqualTo("${reader.group}");
			assertThat(consumer.get("max.poll.records").origin().property())
				.isEqualTo("spring.kafka.consumer.maxPollRecords");
			ClientConfig producer = setup.producers().get(0).config();
			assertOrigin(producer, "acks", "setup-reader.yml:15:13");
			assertOrigin(producer, "buffer.memory", "setup-reader.yml:16:22");
			assertThat(producer.given("max.poll.records")).isEmpty();
		});
	}

	@Test
	void findsThePropertyBehindARandomValue() {
		ReaderRunner.picture(ReaderRunner.runner()
			.withUserConfiguration(OneListener.class)
			.withPropertyValues("spring.kafka.consumer.group-id=orders-${random.uuid}"), (setup) -> {
				ConfigValue group = setup.consumers().get(0).config().get("group.id");
				assertThat(group.origin().property()).isEqualTo("spring.kafka.consumer.group-id");
				assertThat(group.raw()).isEqualTo("orders-${random.uuid}");
			});
		ReaderRunner.picture(
				ReaderRunner.runner()
					.withUserConfiguration(PerThread.class)
					.withPropertyValues("spring.kafka.client-id=orders-${random.uuid}"),
				(setup) -> assertThat(ReaderRunner.producer(setup, "shared").config().get("client.id").origin().kind())
					.isEqualTo(ValueOrigin.Kind.CODE));
	}

	@Test
	void takesWhatSpringBootAlwaysWritesForADefault() {
		ReaderRunner.picture(ReaderRunner.runner(), (setup) -> {
			ClientConfig consumer = setup.consumers().get(0).config();
			assertThat(consumer.given()).isNotEmpty().noneMatch(ConfigValue::explicit);
			assertThat(consumer.given("isolation.level")).isPresent();
			assertThat(setup.producers().get(0).config().given()).isNotEmpty().noneMatch(ConfigValue::explicit);
			assertThat(setup.admins().get(0).config().given()).isNotEmpty().noneMatch(ConfigValue::explicit);
		});
	}

	@Test
	void joinsTheElementsOfAList() {
		ReaderRunner.picture(ReaderRunner.runner()
			.withPropertyValues("spring.kafka.bootstrap-servers[0]=a:1", "spring.kafka.bootstrap-servers[1]=b:2"),
				(setup) -> {
					ConfigValue servers = setup.admins().get(0).config().get("bootstrap.servers");
					assertThat(servers.origin().property()).isEqualTo("spring.kafka.bootstrap-servers[0]");
					assertThat(servers.raw()).isEqualTo("a:1,b:2");
				});
	}

	@Test
	void blamesTheBeanForWhatNoPropertySets() {
		ReaderRunner.picture(ReaderRunner.fileRunner().withUserConfiguration(UserFactories.class), (setup) -> {
			ProducerSetup producer = ReaderRunner.producer(setup, "ordersFactory");
			assertThat(producer.autoConfigured()).isFalse();
			assertThat(producer.config().get("acks").origin()).isEqualTo(ValueOrigin.code("bean 'ordersFactory'"));
			assertOrigin(producer.config(), "buffer.memory", "setup-reader.yml:16:22");
		});
	}

	@Test
	void describesATemplateThatOverridesSettings() {
		ReaderRunner.picture(ReaderRunner.fileRunner().withUserConfiguration(UserFactories.class), (setup) -> {
			assertThat(ReaderRunner.producer(setup, "ordersFactory").templates()).extracting(TemplateSetup::name)
				.containsExactly("plainTemplate");
			ProducerSetup own = ReaderRunner.producer(setup, "fastTemplate");
			assertThat(own.templates()).extracting(TemplateSetup::name).containsExactly("fastTemplate");
			assertThat(own.config().get("linger.ms").value()).isEqualTo(50);
			assertThat(own.config().get("linger.ms").origin()).isEqualTo(ValueOrigin.code("bean 'fastTemplate'"));
			assertThat(own.config().string("acks")).isEqualTo("0");
		});
	}

	@Test
	void seesTheDefaultTopicsOfTheTemplates() {
		ReaderRunner.picture(ReaderRunner.runner().withPropertyValues("spring.kafka.template.default-topic=orders"),
				(setup) -> assertThat(setup.producers().get(0).defaultTopics()).singleElement().satisfies((topic) -> {
					assertThat(topic.value()).isEqualTo("orders");
					assertThat(topic.origin().property()).isEqualTo("spring.kafka.template.default-topic");
				}));
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(UserFactories.class), (setup) -> {
			assertThat(ReaderRunner.producer(setup, "ordersFactory").defaultTopics()).isEmpty();
			assertThat(ReaderRunner.producer(setup, "fastTemplate").defaultTopics()).extracting(Object::toString)
				.containsExactly("default-topic = fast (set in code by bean 'fastTemplate')");
		});
	}

	@Test
	void describesATransactionalFactory() {
		ReaderRunner.picture(
				ReaderRunner.runner().withPropertyValues("spring.kafka.producer.transaction-id-prefix=tx-${x:1}-"),
				(setup) -> {
					ProducerSetup producer = setup.producers().get(0);
					assertThat(producer.transactional()).isTrue();
					assertThat(producer.transactionIdPrefix()).satisfies((prefix) -> {
						assertThat(prefix.value()).isEqualTo("tx-1-");
						assertThat(prefix.raw()).isEqualTo("tx-${x:1}-");
						assertThat(prefix.origin().property()).isEqualTo("spring.kafka.producer.transaction-id-prefix");
					});
					assertThat(producer.config().string("transactional.id")).isEqualTo("tx-1-0");
					assertThat(producer.config().flag("enable.idempotence")).isTrue();
					assertThat(producer.config().explicit("enable.idempotence")).isFalse();
				});
	}

	@Test
	void seesWhetherProducersAreCustomizedAndMeasured() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(CustomizedFactory.class), (setup) -> {
			ProducerSetup producer = setup.producers().get(0);
			assertThat(producer.customized()).isTrue();
			assertThat(producer.clientMetrics()).isTrue();
		});
	}

	@Test
	void seesThatEachThreadHasAProducer() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(PerThread.class), (setup) -> {
			assertThat(ReaderRunner.producer(setup, "perThread").producerPerThread()).isTrue();
			assertThat(ReaderRunner.producer(setup, "shared").producerPerThread()).isFalse();
		});
	}

	@Test
	void seesSerializersThatAreGivenAsObjects() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(SuppliedSerdes.class), (setup) -> {
			ProducerSetup producer = ReaderRunner.producer(setup, "supplied");
			assertThat(producer.keySerializer())
				.isEqualTo(new SerdeSetup(StringSerializer.class.getName(), true, false, null, false));
			assertThat(producer.valueSerializer())
				.isEqualTo(new SerdeSetup(ByteArraySerializer.class.getName(), true, false, null, true));
		});
	}

	@Test
	void runsNoSupplierOfTheUser() {
		SuppliedSerdes.calls.set(0);
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(SuppliedSerdes.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "supplied");
			assertThat(listener.valueDeserializer())
				.isEqualTo(new SerdeSetup(SerdeSetup.UNKNOWN_CLASS, true, false, null, null));
			assertThat(listener.keyDeserializer()).isEqualTo(SerdeSetup.ofClass(StringDeserializer.class.getName()));
			assertThat(SuppliedSerdes.calls).hasValue(0);
		});
	}

	@Test
	void namesConnectionDetails() {
		ReaderRunner.picture(ReaderRunner.fileRunner().withUserConfiguration(Details.class), (setup) -> {
			ConfigValue servers = setup.consumers().get(0).config().get("bootstrap.servers");
			assertThat(servers.value()).isEqualTo(List.of("container:1234"));
			assertThat(servers.origin()).isEqualTo(ValueOrigin.code("connection details 'testDetails'"));
			assertThat(setup.application().development()).isTrue();
		});
	}

	@Test
	void createsNoBean() {
		ReaderRunner.runner().withUserConfiguration(UncreatedBeans.class).run((context) -> {
			int before = UncreatedBeans.created.get();
			KafkaSetup setup = ReaderRunner.read(context);
			assertThat(UncreatedBeans.created).hasValue(before);
			assertThat(setup.producers()).extracting(ProducerSetup::name).containsExactly("eager");
		});
	}

	@Test
	void seesALazyBeanOnceItExists() {
		ReaderRunner.runner().withUserConfiguration(UncreatedBeans.class).run((context) -> {
			context.getBean("lazy");
			KafkaSetup setup = ReaderRunner.read(context);
			assertThat(setup.producers()).extracting(ProducerSetup::name).containsExactly("eager", "lazy");
		});
	}

	@Test
	void leavesOutAFactoryThatDoesNotShowItsSettings() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(SilentFactory.class),
				(setup) -> assertThat(setup.producers()).extracting(ProducerSetup::name).containsExactly("shown"));
	}

	@Test
	void describesKafkaStreams() {
		ReaderRunner.picture(
				ReaderRunner.fileRunner()
					.withUserConfiguration(Streams.class)
					.withPropertyValues("spring.application.name=shop", "spring.kafka.streams.auto-startup=false",
							"spring.kafka.streams.replication-factor=3"),
				(setup) -> assertThat(setup.streams()).singleElement().satisfies((streams) -> {
					assertThat(streams.name()).isEqualTo("defaultKafkaStreamsBuilder");
					assertThat(streams.config().string("application.id")).isEqualTo("shop");
					assertThat(streams.config().explicit("application.id")).isFalse();
					assertThat(streams.config().explicit("replication.factor")).isTrue();
				}));
	}

	@Test
	void showsNoSecret() {
		ReaderRunner.picture(ReaderRunner.runner()
			.withUserConfiguration(UserFactories.class, OneListener.class)
			.withPropertyValues(
					"spring.kafka.properties.sasl.jaas.config=x.PlainLoginModule required password=planted;",
					"spring.kafka.ssl.key-password=planted", "spring.kafka.ssl.key-store-password=planted",
					"spring.kafka.ssl.trust-store-password=planted", "spring.kafka.ssl.key-store-location=file:/k.jks",
					"spring.kafka.consumer.properties.basic.auth.user.info=me:planted",
					"spring.kafka.producer.properties.schema.registry.url=http://me:planted@registry",
					"spring.kafka.jaas.options.password=planted", "spring.kafka.unknown.password=planted"),
				(setup) -> {
					assertThat(setup.listeners()).isNotEmpty();
					assertThat(setup.listeners().get(0).consumer().string("sasl.jaas.config")).contains("planted");
					assertThat(setup.toString()).contains("sasl.jaas.config", "ssl.key.password")
						.doesNotContain("planted");
				});
	}

	private static void assertOrigin(ClientConfig config, String key, String location) {
		assertThat(config.get(key).origin()).as(key).hasToString(location);
		assertThat(config.get(key).origin().kind()).isEqualTo(ValueOrigin.Kind.PROPERTY);
	}

	@Configuration(proxyBeanMethods = false)
	static class UserFactories {

		@Bean
		ProducerFactory<Object, Object> ordersFactory(KafkaProperties properties) {
			Map<String, Object> values = properties.buildProducerProperties();
			values.put("acks", "0");
			return new DefaultKafkaProducerFactory<>(values);
		}

		@Bean
		KafkaTemplate<Object, Object> plainTemplate(ProducerFactory<Object, Object> ordersFactory) {
			return new KafkaTemplate<>(ordersFactory);
		}

		@Bean
		KafkaTemplate<Object, Object> fastTemplate(ProducerFactory<Object, Object> ordersFactory) {
			KafkaTemplate<Object, Object> template = new KafkaTemplate<>(ordersFactory, Map.of("linger.ms", 50));
			template.setDefaultTopic("fast");
			return template;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PerThread {

		@Bean(defaultCandidate = false)
		static DefaultKafkaProducerFactory<Object, Object> perThread() {
			DefaultKafkaProducerFactory<Object, Object> factory = new DefaultKafkaProducerFactory<>(
					Map.of("bootstrap.servers", "broker:9092"));
			factory.setProducerPerThread(true);
			return factory;
		}

		@Bean
		static DefaultKafkaProducerFactory<Object, Object> shared() {
			return new DefaultKafkaProducerFactory<>(
					Map.of("bootstrap.servers", "broker:9092", "client.id", "invoices"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizedFactory {

		@Bean
		ProducerFactory<Object, Object> producerFactory(KafkaProperties properties) {
			DefaultKafkaProducerFactory<Object, Object> factory = new DefaultKafkaProducerFactory<>(
					properties.buildProducerProperties()) {

				@Override
				protected Producer<Object, Object> createRawProducer(Map<String, Object> rawConfigs) {
					rawConfigs.put("acks", "0");
					return super.createRawProducer(rawConfigs);
				}

			};
			factory.addListener(new MicrometerProducerListener<>(new SimpleMeterRegistry()));
			return factory;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SuppliedSerdes {

		static final AtomicInteger calls = new AtomicInteger();

		@Bean
		ProducerFactory<?, ?> supplied(KafkaProperties properties) {
			return new DefaultKafkaProducerFactory<>(properties.buildProducerProperties(), new StringSerializer(),
					new ByteArraySerializer());
		}

		@Bean
		ConsumerFactory<Object, Object> kafkaConsumerFactory(KafkaProperties properties) {
			DefaultKafkaConsumerFactory<Object, Object> factory = new DefaultKafkaConsumerFactory<>(
					properties.buildConsumerProperties());
			factory.setValueDeserializerSupplier(SuppliedSerdes::deserializer);
			return factory;
		}

		private static Deserializer<Object> deserializer() {
			calls.incrementAndGet();
			throw new IllegalStateException("called");
		}

		@KafkaListener(id = "supplied", topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Details {

		@Bean
		KafkaConnectionDetails testDetails() {
			return () -> List.of("container:1234");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UncreatedBeans {

		static final AtomicInteger created = new AtomicInteger();

		@Bean
		ProducerFactory<Object, Object> eager(KafkaProperties properties) {
			return new DefaultKafkaProducerFactory<>(properties.buildProducerProperties());
		}

		@Bean
		@Lazy
		ProducerFactory<Object, Object> lazy(KafkaProperties properties) {
			created.incrementAndGet();
			return new DefaultKafkaProducerFactory<>(properties.buildProducerProperties());
		}

		@Bean
		@Scope("prototype")
		KafkaTemplate<Object, Object> prototype(ProducerFactory<Object, Object> eager) {
			created.incrementAndGet();
			return new KafkaTemplate<>(eager);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SilentFactory {

		@Bean
		ProducerFactory<Object, Object> silent() {
			return new ProducerFactory<>() {

				@Override
				public Producer<Object, Object> createProducer() {
					throw new IllegalStateException("called");
				}

			};
		}

		@Bean
		ProducerFactory<Object, Object> shown(KafkaProperties properties) {
			return new DefaultKafkaProducerFactory<>(properties.buildProducerProperties());
		}

		@Bean
		KafkaTemplate<Object, Object> kafkaTemplate(ProducerFactory<Object, Object> shown) {
			return new KafkaTemplate<>(shown);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneListener {

		@KafkaListener(id = "one", topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableKafkaStreams
	static class Streams {

	}

}
