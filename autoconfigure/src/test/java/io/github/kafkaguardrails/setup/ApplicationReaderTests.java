package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.CommonLoggingErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RecordInterceptor;

import io.github.kafkaguardrails.setup.ApplicationSetup.AmbiguousBeans;
import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationReaderTests {

	private static final String REMOTE = "spring.kafka.bootstrap-servers=broker.example.com:9092";

	private final ApplicationContextRunner runner = ReaderRunner.runner();

	@Test
	void takesLocalBrokersForDevelopment() {
		ReaderRunner.picture(this.runner, (setup) -> assertThat(setup.application().development()).isTrue());
		ReaderRunner.picture(this.runner.withPropertyValues(
				"spring.kafka.bootstrap-servers=127.0.0.1:9092,[::1]:9092,PLAINTEXT://localhost:1,host.docker.internal:2"),
				(setup) -> assertThat(setup.application().development()).isTrue());
	}

	@Test
	void takesNoRemoteBrokerForDevelopment() {
		ReaderRunner.picture(this.runner.withPropertyValues(REMOTE),
				(setup) -> assertThat(setup.application().development()).isFalse());
		ReaderRunner.picture(
				this.runner.withPropertyValues("spring.kafka.bootstrap-servers=localhost:9092,broker.example.com:9092"),
				(setup) -> assertThat(setup.application().development()).isFalse());
	}

	@Test
	void takesTheProfileOrAnEmbeddedBrokerForDevelopment() {
		for (String profile : List.of("dev", "local", "test", "it")) {
			ReaderRunner.picture(this.runner.withPropertyValues(REMOTE, "spring.profiles.active=x," + profile),
					(setup) -> {
						assertThat(setup.application().development()).as(profile).isTrue();
						assertThat(setup.application().profiles()).containsExactlyInAnyOrder("x", profile);
					});
		}
		ReaderRunner.picture(this.runner.withPropertyValues(REMOTE, "spring.embedded.kafka.brokers=x:1"),
				(setup) -> assertThat(setup.application().development()).isTrue());
	}

	@Test
	void needsProofOfProduction() {
		ReaderRunner.picture(this.runner.withPropertyValues(REMOTE),
				(setup) -> assertThat(setup.application().production()).isFalse());
		ReaderRunner.picture(this.runner.withPropertyValues("spring.main.cloud-platform=none"),
				(setup) -> assertThat(setup.application().production()).isFalse());
		ReaderRunner.picture(this.runner.withPropertyValues("spring.main.cloud-platform=kubernetes"),
				(setup) -> assertThat(setup.application().production()).isTrue());
		ReaderRunner.picture(this.runner.withPropertyValues("spring.profiles.active=prod"),
				(setup) -> assertThat(setup.application().production()).isTrue());
	}

	@Test
	void seesLazyInitializationAndAMeterRegistry() {
		ReaderRunner.picture(this.runner, (setup) -> {
			assertThat(setup.application().lazyInitialization()).isFalse();
			assertThat(setup.application().meterRegistry()).isFalse();
		});
		ReaderRunner.picture(this.runner.withPropertyValues("spring.main.lazy-initialization=true")
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new), (setup) -> {
				assertThat(setup.application().lazyInitialization()).isTrue();
				assertThat(setup.application().meterRegistry()).isTrue();
			});
	}

	@Test
	void needsNoMicrometer() {
		ReaderRunner.picture(this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core")),
				(setup) -> assertThat(setup.application().meterRegistry()).isFalse());
	}

	@Test
	void seesVirtualThreads() {
		ReaderRunner.picture(this.runner, (setup) -> assertThat(setup.application().virtualThreads()).isFalse());
		ReaderRunner.picture(this.runner.withPropertyValues("spring.threads.virtual.enabled=true"),
				(setup) -> assertThat(setup.application().virtualThreads())
					.isEqualTo(JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)));
	}

	@Test
	void findsProducerFactoriesThatAreNoSingletons() {
		ReaderRunner.picture(this.runner.withUserConfiguration(ScopedFactories.class),
				(setup) -> assertThat(setup.application().scopedProducerFactories()).containsExactlyInAnyOrder(
						new ApplicationSetup.ScopedBean("eachTime", "prototype"),
						new ApplicationSetup.ScopedBean("perRequest", "request")));
	}

	@Test
	void seesNoListenerHealthWithoutAnEndpoint() {
		ReaderRunner.picture(this.runner.withBean("kafkaGuardrailsHealthContributor", Object.class),
				(setup) -> assertThat(setup.application().listenerHealth()).isFalse());
		ReaderRunner.picture(this.runner.withBean("healthEndpoint", Object.class),
				(setup) -> assertThat(setup.application().listenerHealth()).isFalse());
	}

	@Test
	void findsHandlersThatSpringBootDoesNotUse() {
		ReaderRunner.picture(this.runner.withUserConfiguration(TwoHandlers.class), (setup) -> {
			assertThat(setup.application().ambiguousBeans())
				.containsExactly(new AmbiguousBeans("CommonErrorHandler", List.of("first", "second")));
			assertThat(setup.listeners().get(0).errorHandling().kind())
				.isEqualTo(ErrorHandlingSetup.Kind.SPRING_DEFAULT);
		});
	}

	@Test
	void agreesWithSpringBootAboutAPrimaryBean() {
		ReaderRunner.picture(this.runner.withUserConfiguration(OnePrimary.class), (setup) -> {
			assertThat(setup.application().ambiguousBeans()).isEmpty();
			assertThat(setup.listeners().get(0).errorHandling().kind()).isEqualTo(ErrorHandlingSetup.Kind.LOGGING_ONLY);
		});
	}

	@Test
	void agreesWithSpringBootAboutABeanThatIsChosenByItsName() {
		ReaderRunner.picture(this.runner.withUserConfiguration(OneByName.class), (setup) -> {
			assertThat(setup.application().ambiguousBeans()).isEmpty();
			assertThat(setup.listeners().get(0).errorHandling().kind()).isEqualTo(ErrorHandlingSetup.Kind.LOGGING_ONLY);
		});
	}

	@Test
	void doesNotCountBeansThatAreNoCandidates() {
		ReaderRunner.picture(this.runner.withUserConfiguration(NoCandidate.class), (setup) -> {
			assertThat(setup.application().ambiguousBeans()).isEmpty();
			assertThat(setup.listeners().get(0).errorHandling().kind()).isEqualTo(ErrorHandlingSetup.Kind.LOGGING_ONLY);
		});
	}

	@Test
	void findsInterceptorsThatSpringBootDoesNotUse() {
		ReaderRunner.picture(this.runner.withUserConfiguration(TwoInterceptors.class),
				(setup) -> assertThat(setup.application().ambiguousBeans())
					.containsExactly(new AmbiguousBeans("RecordInterceptor", List.of("first", "second"))));
	}

	@Test
	void knowsThePropertiesOfSpringBoot() {
		ReaderRunner.picture(this.runner, (setup) -> {
			List<KnownProperty> known = setup.application().properties().known();
			assertThat(known).hasSizeGreaterThan(150)
				.contains(new KnownProperty("spring.kafka.consumer.group-id", false, null, null),
						new KnownProperty("spring.kafka.consumer.properties", true, null, null))
				.allMatch((property) -> property.name().startsWith("spring.kafka.")
						|| property.name().startsWith("kafka.guardrails."));
			assertThat(known).filteredOn((property) -> property.deprecation() != null).isNotEmpty();
		});
	}

	@Test
	void findsNamesThatAreNoExceptions() {
		ReaderRunner.picture(ReaderRunner.fileRunner()
			.withPropertyValues("kafka.guardrails.topics[a.*].retry.retryable=java.io.IOException,com.example.Gone"),
				(setup) -> {
					GuardrailsSetup guardrails = setup.application().guardrails();
					assertThat(guardrails.ruleIds()).containsExactly("producer-acks-not-all");
					assertThat(guardrails.listenerKeys()).containsExactly("retry.mode");
					assertThat(guardrails.unknownClasses()).extracting(ConfigValue::value)
						.containsExactlyInAnyOrder("com.example.NoSuchException", "java.lang.String",
								"com.example.Gone");
					assertThat(guardrails.unknownClasses()).filteredOn("value", "java.lang.String")
						.singleElement()
						.satisfies((value) -> assertThat(value.origin()).hasToString("setup-reader.yml:31:15"));
				});
	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		@KafkaListener(id = "orders", topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedFactories extends Orders {

		@Bean
		static CustomScopeConfigurer request() {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("request", new SimpleThreadScope());
			return configurer;
		}

		@Bean(defaultCandidate = false)
		@Scope("prototype")
		static ProducerFactory<Object, Object> eachTime() {
			return new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "broker:9092"));
		}

		@Bean
		@Scope(scopeName = "request", proxyMode = ScopedProxyMode.INTERFACES)
		static ProducerFactory<Object, Object> perRequest() {
			return new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "broker:9092"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoHandlers extends Orders {

		@Bean
		static CommonErrorHandler first() {
			return new CommonLoggingErrorHandler();
		}

		@Bean
		static DefaultErrorHandler second() {
			return new DefaultErrorHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnePrimary extends Orders {

		@Bean
		@Primary
		static CommonErrorHandler first() {
			return new CommonLoggingErrorHandler();
		}

		@Bean
		static CommonErrorHandler second() {
			return new DefaultErrorHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneByName extends Orders {

		@Bean
		static CommonErrorHandler commonErrorHandler() {
			return new CommonLoggingErrorHandler();
		}

		@Bean
		static CommonErrorHandler second() {
			return new DefaultErrorHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidate extends Orders {

		@Bean
		static CommonErrorHandler first() {
			return new CommonLoggingErrorHandler();
		}

		@Bean(defaultCandidate = false)
		static CommonErrorHandler second() {
			return new DefaultErrorHandler();
		}

		@Bean(autowireCandidate = false)
		static CommonErrorHandler third() {
			return new DefaultErrorHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoInterceptors {

		@Bean
		static RecordInterceptor<Object, Object> first() {
			return (record, consumer) -> record;
		}

		@Bean
		static RecordInterceptor<Object, Object> second() {
			return (record, consumer) -> record;
		}

	}

}
