package io.github.kafkaguardrails.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.RoutingKafkaTemplate;
import org.springframework.test.util.ReflectionTestUtils;

import io.github.kafkaguardrails.activity.AbnormalStops;
import io.github.kafkaguardrails.activity.ActivityCheck;
import io.github.kafkaguardrails.activity.ProducerObserver;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsActivityAutoConfiguration}. */
class KafkaGuardrailsActivityAutoConfigurationTests {

	private static final String PACKAGE = ActivityCheck.class.getPackageName();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, ErrorHandlingAutoConfiguration.class,
				KafkaGuardrailsAutoConfiguration.class, KafkaGuardrailsActivityAutoConfiguration.class,
				KafkaGuardrailsHealthAutoConfiguration.class))
		.withPropertyValues("spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.admin.auto-create=false");

	@Test
	void observesFactoriesAndTemplatesByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ActivityCheck.class).hasSingleBean(AbnormalStops.class);
			assertThat(context.getBean(ActivityCheck.class).isRunning()).isTrue();
			assertThat(observed(context.getBean(ProducerFactory.class))).isOne();
			assertThat(interceptor(context.getBean(KafkaTemplate.class)).getClass().getPackageName())
				.isEqualTo(PACKAGE);
		});
	}

	@Test
	void observesAFactoryThatBelongsToATemplateAndItsOriginalOnceEach() {
		this.runner.withUserConfiguration(Overriding.class).run((context) -> {
			KafkaTemplate<?, ?> template = context.getBean("overriding", KafkaTemplate.class);
			assertThat(template.getProducerFactory()).isNotSameAs(context.getBean(ProducerFactory.class));
			assertThat(observed(template.getProducerFactory())).isOne();
			assertThat(observed(context.getBean(ProducerFactory.class))).isOne();
		});
	}

	@Test
	void acceptsATemplateWithoutAFactoryOfItsOwn() {
		this.runner.withUserConfiguration(Routing.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void leavesAllAloneWhenItIsOff() {
		this.runner.withPropertyValues("kafka.guardrails.activity-check.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ActivityCheck.class).doesNotHaveBean(ActivityPostProcessor.class);
			assertThat(observed(context.getBean(ProducerFactory.class))).isZero();
			assertThat(ReflectionTestUtils.getField(context.getBean(KafkaTemplate.class), "producerInterceptor"))
				.isNull();
		});
	}

	@Test
	void doesNotStartWhenNothingIsToBeChecked() {
		this.runner.withPropertyValues("kafka.guardrails.enforcement=off")
			.run((context) -> assertThat(context.getBean(ActivityCheck.class).isRunning()).isFalse());
	}

	@Test
	void backsOffForBeansOfTheUser() {
		this.runner.withBean("own", AbnormalStops.class, AbnormalStops::new)
			.run((context) -> assertThat(context).hasSingleBean(AbnormalStops.class).hasBean("own"));
	}

	@Test
	void refusesAnIntervalOfLessThanASecond() {
		this.runner.withPropertyValues("kafka.guardrails.activity-check.interval=999ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("kafka.guardrails.activity-check.interval must be at least 1s"));
	}

	private static long observed(ProducerFactory<?, ?> factory) {
		return factory.getListeners()
			.stream()
			.filter((listener) -> listener.getClass().getName().startsWith(ProducerObserver.class.getName()))
			.count();
	}

	private static Object interceptor(KafkaTemplate<?, ?> template) {
		return Objects.requireNonNull(ReflectionTestUtils.getField(template, "producerInterceptor"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Overriding {

		@Bean(defaultCandidate = false)
		KafkaTemplate<Object, Object> overriding(ProducerFactory<Object, Object> factory) {
			return new KafkaTemplate<>(factory, Map.of("linger.ms", 1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean(defaultCandidate = false)
		RoutingKafkaTemplate routing() {
			DefaultKafkaProducerFactory<Object, Object> factory = new DefaultKafkaProducerFactory<>(Map.of());
			return new RoutingKafkaTemplate(Map.of(Pattern.compile(".*"), factory));
		}

	}

}
