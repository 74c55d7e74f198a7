package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;
import io.github.kafkaguardrails.errorhandling.TestFailures;
import io.github.kafkaguardrails.health.BrokerMonitor;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsHealthAutoConfiguration}; no broker is there. */
class KafkaGuardrailsHealthAutoConfigurationTests {

	private static final String CONTRIBUTOR = "kafkaGuardrailsHealthContributor";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaGuardrailsHealthAutoConfiguration.class,
				KafkaAutoConfiguration.class, SslAutoConfiguration.class, HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				ApplicationAvailabilityAutoConfiguration.class, AvailabilityHealthContributorAutoConfiguration.class,
				AvailabilityProbesAutoConfiguration.class))
		.withBean(ErrorHandlingRegistry.class, ErrorHandlingRegistry::new)
		.withPropertyValues("spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.listener.auto-startup=false",
				"spring.kafka.admin.auto-create=false");

	@Test
	void contributesListenersDeadLettersAndBroker() {
		this.runner.run((context) -> {
			assertThat(context).hasBean(CONTRIBUTOR);
			assertThat(context.getBean(CONTRIBUTOR, CompositeHealthContributor.class).stream()).extracting("name")
				.containsExactly("listeners", "deadLetters", "broker");
			assertThat(component(context.getBean(HealthEndpoint.class).health(), "kafkaGuardrails"))
				.isInstanceOf(CompositeHealthDescriptor.class);
		});
	}

	@Test
	void isFoundByTheReader() {
		this.runner.run((context) -> assertThat(
				new KafkaSetupReader(context.getSourceApplicationContext(ConfigurableApplicationContext.class), Set::of,
						List::of)
					.read()
					.application()
					.listenerHealth())
			.isTrue());
	}

	@Test
	void listsTheListenersOfTheApplication() {
		this.runner.withUserConfiguration(Listeners.class).run((context) -> {
			Health health = indicator(context.getBean(CONTRIBUTOR, CompositeHealthContributor.class), "listeners");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("orders-listener", "containerBean");
		});
	}

	@Test
	void isToldAboutFailedEndings() {
		this.runner.run((context) -> {
			context.getBean(FailedRecordListener.class)
				.endingFailed(TestFailures.failed("orders-listener", 7, new IllegalStateException()),
						Ending.DEAD_LETTER, new TimeoutException(), true);
			assertThat(indicator(context.getBean(CONTRIBUTOR, CompositeHealthContributor.class), "deadLetters")
				.getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void checksTheBrokerWhileTheContextRuns() {
		this.runner.run((context) -> assertThat(context.getBean(BrokerMonitor.class).isRunning()).isTrue());
	}

	@Test
	void leavesTheBrokerOutWhenTheUserSaysSo() {
		this.runner.withPropertyValues("kafka.guardrails.health.broker.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(BrokerMonitor.class);
			assertThat(context.getBean(CONTRIBUTOR, CompositeHealthContributor.class).stream()).extracting("name")
				.containsExactly("listeners", "deadLetters");
		});
	}

	@Test
	void leavesTheBrokerOutWhenThereIsNoOneAdmin() {
		this.runner.withBean("first", KafkaAdmin.class, () -> new KafkaAdmin(Map.of()))
			.withBean("second", KafkaAdmin.class, () -> new KafkaAdmin(Map.of()))
			.run((context) -> assertThat(context).hasBean(CONTRIBUTOR).doesNotHaveBean(BrokerMonitor.class));
	}

	@Test
	void refusesAnIntervalThatIsTooShort() {
		this.runner.withPropertyValues("kafka.guardrails.health.broker.interval=10ms")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("kafka.guardrails.health.broker.interval must be at least 1s"));
	}

	@Test
	void staysOutOfLivenessAndReadiness() {
		this.runner.run((context) -> {
			HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
			assertThat(component(endpoint.healthForPath("readiness"), "readinessState")).isNotNull();
			assertThat(component(endpoint.healthForPath("readiness"), "kafkaGuardrails")).isNull();
			assertThat(component(endpoint.healthForPath("liveness"), "livenessState")).isNotNull();
			assertThat(component(endpoint.healthForPath("liveness"), "kafkaGuardrails")).isNull();
		});
	}

	@Test
	void joinsReadinessButNeverLivenessWhenTheUserSaysSo() {
		this.runner.withPropertyValues("kafka.guardrails.health.readiness=true").run((context) -> {
			HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
			HealthDescriptor readiness = endpoint.healthForPath("readiness");
			assertThat(component(readiness, "readinessState")).isNotNull();
			assertThat(component(component(readiness, "kafkaGuardrails"), "listeners")).isNotNull();
			assertThat(component(endpoint.healthForPath("liveness"), "kafkaGuardrails")).isNull();
		});
	}

	@Test
	void joinsAReadinessGroupOfTheUser() {
		this.runner
			.withPropertyValues("kafka.guardrails.health.readiness=true",
					"management.endpoint.health.probes.enabled=false",
					"management.endpoint.health.group.readiness.include=ping")
			.run((context) -> assertThat(readinessGroup(context).isMember("kafkaGuardrails/broker")).isTrue());
	}

	@Test
	void keepsTheAdditionalPathsOfTheProbes() {
		this.runner
			.withPropertyValues("kafka.guardrails.health.readiness=true",
					"management.endpoint.health.probes.add-additional-paths=true")
			.run((context) -> {
				HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
				assertThat(readinessGroup(context).getAdditionalPath()).hasToString("server:/readyz");
				assertThat(((AdditionalPathsMapper) groups).getAdditionalPaths(HealthEndpoint.ID,
						WebServerNamespace.SERVER))
					.containsExactlyInAnyOrder("/livez", "/readyz");
			});
	}

	@Test
	void startsWithoutAReadinessGroup() {
		this.runner
			.withPropertyValues("kafka.guardrails.health.readiness=true",
					"management.endpoint.health.probes.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().hasBean(CONTRIBUTOR));
	}

	@Test
	void backsOffForTheUsersContributor() {
		this.runner.withBean(CONTRIBUTOR, HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context.getBean(CONTRIBUTOR))
				.isNotInstanceOf(CompositeHealthContributor.class));
	}

	@Test
	void isOffByProperty() {
		this.runner.withPropertyValues("kafka.guardrails.enabled=false").run(this::nothing);
	}

	@Test
	void isOffByTheHealthProperty() {
		this.runner.withPropertyValues("management.health.kafkaguardrails.enabled=false").run(this::nothing);
	}

	@Test
	void isFoundInAnApplication() {
		new ApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(ErrorHandlingRegistry.class, ErrorHandlingRegistry::new)
			.run((context) -> assertThat(context).hasBean(CONTRIBUTOR));
	}

	@Test
	void isOffWithoutErrorHandling() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaGuardrailsHealthAutoConfiguration.class))
			.run(this::nothing);
	}

	@Test
	void isOffWithoutHealth() {
		new ApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(ErrorHandlingRegistry.class, ErrorHandlingRegistry::new)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run(this::nothing);
	}

	@Test
	void needsNoActuator() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaGuardrailsHealthAutoConfiguration.class))
			.withBean(ErrorHandlingRegistry.class, ErrorHandlingRegistry::new)
			.withPropertyValues("kafka.guardrails.health.readiness=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean(CONTRIBUTOR));
	}

	private void nothing(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(CONTRIBUTOR)
			.doesNotHaveBean(FailedRecordListener.class)
			.doesNotHaveBean(BrokerMonitor.class);
	}

	private static Health indicator(CompositeHealthContributor contributor, String name) {
		assertThat(contributor.getContributor(name)).isInstanceOf(HealthIndicator.class);
		return (contributor.getContributor(name) instanceof HealthIndicator indicator)
				? Objects.requireNonNull(indicator.health()) : Health.unknown().build();
	}

	private static @Nullable HealthDescriptor component(@Nullable HealthDescriptor health, String name) {
		assertThat(health).isInstanceOf(CompositeHealthDescriptor.class);
		Map<String, HealthDescriptor> components = (health instanceof CompositeHealthDescriptor composite)
				? composite.getComponents() : null;
		return Objects.requireNonNull(components).get(name);
	}

	private static HealthEndpointGroup readinessGroup(ApplicationContext context) {
		return Objects.requireNonNull(context.getBean(HealthEndpointGroups.class).get("readiness"));
	}

	/** Read from the class file, as in an application, so that classes may be missing. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KafkaGuardrailsHealthAutoConfiguration.class)
	static class Imported {

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@KafkaListener(id = "orders-listener", topics = "orders")
		void handle(String order) {
		}

		@Bean
		KafkaMessageListenerContainer<Object, Object> containerBean(ConsumerFactory<Object, Object> factory) {
			return container(factory);
		}

		@Bean
		@Scope("prototype")
		KafkaMessageListenerContainer<Object, Object> prototype() {
			throw new IllegalStateException("must not be created");
		}

		private static KafkaMessageListenerContainer<Object, Object> container(
				ConsumerFactory<Object, Object> factory) {
			ContainerProperties properties = new ContainerProperties("orders");
			properties.setGroupId("billing");
			properties.setMessageListener((MessageListener<Object, Object>) (record) -> {
			});
			KafkaMessageListenerContainer<Object, Object> container = new KafkaMessageListenerContainer<>(factory,
					properties);
			container.setAutoStartup(false);
			return container;
		}

	}

}
