package io.github.kafkaguardrails.setup;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.KafkaListenerConfigurer;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.support.converter.MessagingMessageConverter;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PayloadConversion}. */
class PayloadConversionTests {

	private static final String VALUE = "spring.kafka.consumer.value-deserializer=org.apache.kafka.common.serialization.";

	private final ApplicationContextRunner runner = ReaderRunner.runner().withUserConfiguration(Listeners.class);

	@Test
	void seesThatTextDoesNotBecomeAnObject() {
		assertThat(inconvertible(this.runner)).containsExactlyInAnyOrder("order", "record-and-order");
	}

	@Test
	void knowsWhatAParameterOfAGenericClassStandsFor() {
		assertThat(inconvertible(this.runner.withBean(OfOrders.class))).contains("generic");
	}

	@Test
	void seesThatBytesBecomeTextButNotEverythingElse() {
		assertThat(inconvertible(this.runner.withPropertyValues(VALUE + "ByteArrayDeserializer")))
			.contains("order", "made-of-text")
			.doesNotContain("text", "decimal");
	}

	@Test
	void looksAtTheDelegateOfAnErrorHandlingDeserializer() {
		assertThat(inconvertible(this.runner.withPropertyValues(
				"spring.kafka.consumer.value-deserializer=org.springframework.kafka.support.serializer.ErrorHandlingDeserializer",
				"spring.kafka.consumer.properties.spring.deserializer.value.delegate.class="
						+ "org.apache.kafka.common.serialization.StringDeserializer")))
			.contains("order");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"spring.kafka.consumer.value-deserializer=org.springframework.kafka.support.serializer.JacksonJsonDeserializer",
			"spring.kafka.consumer.properties.interceptor.classes=com.example.Interceptor",
			"spring.kafka.listener.type=batch" })
	void claimsNothingWhereTheValueIsNotKnown(String property) {
		assertThat(inconvertible(this.runner.withPropertyValues(property))).isEmpty();
	}

	@Test
	void claimsNothingOfAConverterOfTheUser() {
		assertThat(
				inconvertible(this.runner.withBean(RecordMessageConverter.class, () -> new MessagingMessageConverter() {
				})))
			.isEmpty();
	}

	@Test
	void asksTheConvertersOfTheUser() {
		assertThat(inconvertible(this.runner.withUserConfiguration(OrderConverter.class))).isEmpty();
	}

	@Test
	void claimsNothingWhereAnInterceptorMayReplaceRecords() {
		assertThat(inconvertible(this.runner.withUserConfiguration(Interceptor.class))).isEmpty();
	}

	@Test
	void claimsNothingOfAnArgumentThatTheUserResolves() {
		assertThat(inconvertible(this.runner.withUserConfiguration(OrderResolver.class))).isEmpty();
	}

	private static List<String> inconvertible(ApplicationContextRunner runner) {
		List<String> found = new ArrayList<>();
		ReaderRunner.picture(runner, (setup) -> {
			assertThat(setup.listeners()).hasSizeGreaterThanOrEqualTo(10);
			setup.listeners()
				.stream()
				.filter(ListenerSetup::payloadInconvertible)
				.map(ListenerSetup::id)
				.forEach(found::add);
		});
		return found;
	}

	abstract static class Generic<T> {

		@KafkaListener(id = "generic", topics = "orders")
		void handle(T value) {
		}

	}

	static class OfOrders extends Generic<Order> {

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@KafkaListener(id = "order", topics = "orders")
		void order(Order order, @Header("tenant") String tenant) {
		}

		@KafkaListener(id = "record-and-order", topics = "orders")
		void recordAndOrder(ConsumerRecord<String, String> record, Order order) {
		}

		@KafkaListener(id = "text", topics = "orders")
		void text(String order) {
		}

		@KafkaListener(id = "record", topics = "orders")
		void record(ConsumerRecord<String, Order> order) {
		}

		@KafkaListener(id = "message", topics = "orders")
		void message(Message<Order> order) {
		}

		@KafkaListener(id = "decimal", topics = "orders")
		void decimal(@Payload BigDecimal order) {
		}

		@KafkaListener(id = "made-of-text", topics = "orders")
		void madeOfText(OrderNumber order) {
		}

		@KafkaListener(id = "anything", topics = "orders")
		void anything(Object order) {
		}

		@KafkaListener(id = "optional", topics = "orders")
		void optional(Optional<String> order) {
		}

		@Bean
		ClassLevel classLevel() {
			return new ClassLevel();
		}

	}

	@KafkaListener(id = "class-level", topics = "orders")
	static class ClassLevel {

		@KafkaHandler
		void handle(Order order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OrderConverter {

		@Bean
		static Converter<String, Order> orders() {
			return new Converter<>() {

				@Override
				public Order convert(String source) {
					return new Order(source, 1);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OrderResolver {

		@Bean
		static KafkaListenerConfigurer resolver() {
			return (registrar) -> registrar.setCustomMethodArgumentResolvers(new HandlerMethodArgumentResolver() {

				@Override
				public boolean supportsParameter(MethodParameter parameter) {
					return parameter.getParameterType() == Order.class;
				}

				@Override
				public Object resolveArgument(MethodParameter parameter, Message<?> message) {
					return new Order("", 0);
				}

			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptor {

		@Bean
		static RecordInterceptor<Object, Object> interceptor() {
			return (record, consumer) -> record;
		}

	}

	record Order(String id, int amount) {

	}

	/** Spring makes it of a text, because its only constructor takes one. */
	public record OrderNumber(String number) {

	}

}
