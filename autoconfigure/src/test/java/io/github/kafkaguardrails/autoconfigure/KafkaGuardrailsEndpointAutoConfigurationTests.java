package io.github.kafkaguardrails.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsEndpoint;
import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.TestInspection;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsEndpointAutoConfiguration}. */
class KafkaGuardrailsEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=kafkaguardrails";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaGuardrailsEndpointAutoConfiguration.class,
				EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class))
		.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()))
		.withBean(ClusterCheck.class, () -> check());

	@Test
	void isThereWhenExposed() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			assertThat(context).hasSingleBean(KafkaGuardrailsEndpoint.class);
			assertThat(context.getBean(WebEndpointsSupplier.class).getEndpoints()).singleElement()
				.satisfies((endpoint) -> {
					assertThat(endpoint.getEndpointId()).hasToString("kafkaguardrails");
					assertThat(endpoint.getOperations())
						.extracting((operation) -> operation.getRequestPredicate().getPath())
						.containsExactlyInAnyOrder("kafkaguardrails", "kafkaguardrails/{document}");
				});
		});
	}

	@Test
	void checksOnDemandOnlyWhenTheUserGrantsIt() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.kafkaguardrails.access=UNRESTRICTED")
			.run((context) -> assertThat(context.getBean(WebEndpointsSupplier.class).getEndpoints()).singleElement()
				.satisfies((endpoint) -> assertThat(endpoint.getOperations())
					.extracting((operation) -> operation.getRequestPredicate().getHttpMethod())
					.containsExactlyInAnyOrder(WebEndpointHttpMethod.GET, WebEndpointHttpMethod.GET,
							WebEndpointHttpMethod.POST, WebEndpointHttpMethod.POST, WebEndpointHttpMethod.POST)));
	}

	@Test
	void isNotExposedByDefault() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(KafkaGuardrailsEndpoint.class));
	}

	@Test
	void backsOffForTheUsersBean() {
		this.runner.withPropertyValues(EXPOSED)
			.withBean("mine", KafkaGuardrailsEndpoint.class,
					() -> new KafkaGuardrailsEndpoint(TestInspection.of(TestInspection.setup()), () -> {
					}, List::of, new ParkedKeys()))
			.run((context) -> assertThat(context).getBeanNames(KafkaGuardrailsEndpoint.class).containsExactly("mine"));
	}

	@Test
	void isOffByProperty() {
		this.runner.withPropertyValues(EXPOSED, "kafka.guardrails.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KafkaGuardrailsEndpoint.class));
	}

	@Test
	void isOffWithoutAnInspection() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaGuardrailsEndpointAutoConfiguration.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KafkaGuardrailsEndpoint.class));
	}

	@Test
	void isFoundInAnApplication() {
		new WebApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()))
			.withBean(ClusterCheck.class, () -> check())
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasBean("kafkaGuardrailsEndpoint"));
	}

	@Test
	void isOffWithoutActuator() {
		new WebApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()))
			.withBean(ClusterCheck.class, () -> check())
			.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kafkaGuardrailsEndpoint"));
	}

	private static ClusterCheck check() {
		return new ClusterCheck(TestInspection.of(TestInspection.setup()), List::of);
	}

	/** Read from the class file, as in an application, so that classes may be missing. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KafkaGuardrailsEndpointAutoConfiguration.class)
	static class Imported {

	}

}
