package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;

import io.github.kafkaguardrails.setup.TemplateSetup.Injection;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TemplateReader} and {@link TemplateInjectionReader}. */
class TemplateReaderTests {

	private static final String HERE = TemplateReaderTests.class.getName() + "$";

	private final ApplicationContextRunner runner = ReaderRunner.runner();

	@Test
	void seesWhetherATemplateIsObserved() {
		assertThat(template(this.runner).observationEnabled()).isFalse();
		assertThat(template(this.runner.withPropertyValues("spring.kafka.template.observation-enabled=true"))
			.observationEnabled()).isTrue();
	}

	@Test
	void seesWhatMayConvert() {
		assertThat(template(this.runner).converting()).isFalse();
		assertThat(template(this.runner.withBean(RecordMessageConverter.class, StringJacksonJsonMessageConverter::new))
			.converting()).isTrue();
		assertThat(template(this.runner.withUserConfiguration(PostProcessed.class)).converting()).isTrue();
	}

	@Test
	void findsConstructorsFieldsAndMethods() {
		assertThat(injections(Sender.class)).containsExactly(
				new Injection(HERE + "Sender", "java.lang.String", HERE + "Order", false),
				new Injection(HERE + "Sender#operations", null, "java.util.Map", false),
				new Injection(HERE + "Sender#set", "[B", null, false));
	}

	@Test
	void findsParametersOfBeanMethods() {
		assertThat(injections(Runner.class))
			.containsExactly(new Injection(HERE + "Runner#runner", "java.lang.String", HERE + "Order", true));
	}

	@Test
	void findsConfigurations() {
		assertThat(injections(Settings.class))
			.containsExactly(new Injection(HERE + "Settings", "java.lang.String", HERE + "Order", true));
	}

	@Test
	void claimsNothingOfOpenTypes() {
		assertThat(injections(OpenTypes.class)).isEmpty();
	}

	@Test
	void claimsNothingOfABeanWithTwoTemplates() {
		ReaderRunner.picture(this.runner.withUserConfiguration(TwoTemplates.class),
				(setup) -> assertThat(setup.producers()).singleElement()
					.satisfies((producer) -> assertThat(producer.templates()).hasSize(2)
						.allSatisfy((template) -> assertThat(template.injections()).isEmpty())));
	}

	@Test
	void derivesTheClientIdFromTheName() {
		ReaderRunner.picture(this.runner.withPropertyValues("spring.application.name=shop"), (setup) -> {
			ConfigValue clientId = setup.producers().get(0).config().get("client.id");
			assertThat(clientId.value()).isEqualTo("shop-producer");
			assertThat(clientId.explicit()).isFalse();
		});
		ReaderRunner.picture(this.runner.withPropertyValues("spring.application.name=shop", "spring.kafka.client-id=x"),
				(setup) -> assertThat(setup.producers().get(0).config().string("client.id")).isEqualTo("x"));
	}

	private List<Injection> injections(Class<?> bean) {
		return template(this.runner.withUserConfiguration(bean)).injections();
	}

	private static TemplateSetup template(ApplicationContextRunner runner) {
		TemplateSetup[] template = new TemplateSetup[1];
		ReaderRunner.picture(runner, (setup) -> template[0] = setup.producers().get(0).templates().get(0));
		return template[0];
	}

	record Order(String id) {

	}

	static class Sender {

		@Autowired
		KafkaOperations<?, Map<String, Order>> operations;

		Sender(KafkaTemplate<String, Order> template) {
		}

		@Autowired
		void set(KafkaTemplate<byte[], ?> template) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Runner {

		@Bean
		ApplicationRunner runner(KafkaTemplate<String, Order> template) {
			return (arguments) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Settings {

		Settings(KafkaTemplate<String, Order> template) {
		}

	}

	static class OpenTypes<T> {

		OpenTypes(KafkaTemplate<?, ? extends Order> template, KafkaOperations<T, T> operations,
				ObjectProvider<KafkaTemplate<String, Order>> provider) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoTemplates {

		@Bean
		KafkaTemplate<Object, Object> first(ProducerFactory<Object, Object> factory) {
			return new KafkaTemplate<>(factory);
		}

		@Bean
		KafkaTemplate<Object, Object> second(ProducerFactory<Object, Object> factory) {
			return new KafkaTemplate<>(factory);
		}

		@Bean
		ApplicationRunner runner(KafkaTemplate<Object, Object> first, KafkaTemplate<Object, Object> second) {
			return (arguments) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostProcessed {

		@Autowired
		void postProcess(ProducerFactory<Object, Object> factory) {
			factory.addPostProcessor((producer) -> producer);
		}

	}

}
