package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CompositeRecordInterceptor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;
import org.springframework.kafka.listener.adapter.HandlerAdapter;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.MessagingMessageConverter;
import org.springframework.messaging.converter.GenericMessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Asks the converters that a container really has whether they can make the payload
 * parameter of a listener method. Whatever could change the value on its way, or is not
 * Spring Kafka's own, means that nothing is claimed.
 */
final class PayloadConversion {

	/** Arguments that Spring Kafka hands over without asking a resolver. */
	private static final List<Class<?>> PROVIDED = List.of(ConsumerRecord.class, Acknowledgment.class,
			KafkaConsumer.class, ConsumerRecordMetadata.class);

	private PayloadConversion() {
	}

	/**
	 * Whether the payload certainly cannot be made.
	 * @param consumer what the consumers run with
	 * @param deserializer the value deserializer
	 */
	static boolean impossible(MessageListenerContainer container, ListenerEndpoint endpoint, ClientConfig consumer,
			SerdeSetup deserializer) {
		Class<?> given = KnownSerdes.GIVEN.get(deserializer.effectiveClassName());
		if (given == null || endpoint.batch() || endpoint.classLevel() || endpoint.methods().size() != 1
				|| fits(endpoint.methods().get(0), given) || !consumer.string("interceptor.classes").isEmpty()
				|| intercepted(container)) {
			return false;
		}
		Object adapter = ListenerEndpoint.target(container.getContainerProperties().getMessageListener());
		if (!(adapter instanceof MessagingMessageListenerAdapter<?, ?>) || !plainConverter(adapter)
				|| !(Fields.read(adapter, MessagingMessageListenerAdapter.class,
						"handlerMethod") instanceof HandlerAdapter handler)
				|| !(Fields.read(handler, HandlerAdapter.class,
						"invokerHandlerMethod") instanceof InvocableHandlerMethod method)
				|| !(Fields.read(method, InvocableHandlerMethod.class,
						"resolvers") instanceof HandlerMethodArgumentResolverComposite resolvers)) {
			return false;
		}
		for (MethodParameter parameter : method.getMethodParameters()) {
			if (impossible(parameter, resolvers.getResolvers(), given)) {
				return true;
			}
		}
		return false;
	}

	/** Whether all parameters take what is given: nothing is converted. */
	private static boolean fits(Method method, Class<?> given) {
		for (Type parameter : method.getGenericParameterTypes()) {
			// anything else may stand for another class in the class of the bean
			if (!(parameter instanceof Class<?> wanted)
					|| (!provided(wanted) && !ClassUtils.isAssignable(wanted, given))) {
				return false;
			}
		}
		return true;
	}

	private static boolean impossible(MethodParameter parameter, List<HandlerMethodArgumentResolver> resolvers,
			Class<?> given) {
		Class<?> wanted = parameter.getParameterType();
		Payload payload = parameter.getParameterAnnotation(Payload.class);
		if (provided(wanted) || ClassUtils.isAssignable(wanted, given)
				|| (payload != null && StringUtils.hasText(payload.expression()))) {
			return false;
		}
		HandlerMethodArgumentResolver resolver = resolver(parameter, resolvers);
		ConversionService conversion = (resolver instanceof PayloadMethodArgumentResolver) ? conversion(resolver)
				: null;
		return conversion != null && !conversion.canConvert(given, wanted);
	}

	private static boolean provided(Class<?> wanted) {
		for (Class<?> type : PROVIDED) {
			if (wanted.isAssignableFrom(type)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable HandlerMethodArgumentResolver resolver(MethodParameter parameter,
			List<HandlerMethodArgumentResolver> resolvers) {
		for (HandlerMethodArgumentResolver candidate : resolvers) {
			if (candidate.supportsParameter(parameter)) {
				return candidate;
			}
		}
		return null;
	}

	private static @Nullable ConversionService conversion(Object resolver) {
		Object converter = Fields.read(resolver, PayloadMethodArgumentResolver.class, "converter");
		if (converter == null || converter.getClass() != GenericMessageConverter.class) {
			return null;
		}
		return (Fields.read(converter, GenericMessageConverter.class,
				"conversionService") instanceof ConversionService conversion) ? conversion : null;
	}

	/** Whether the value reaches the method as the deserializer gave it. */
	private static boolean plainConverter(Object adapter) {
		Object converter = Fields.read(adapter, MessagingMessageListenerAdapter.class, "messageConverter");
		return converter != null && converter.getClass() == MessagingMessageConverter.class
				&& Fields.read(converter, MessagingMessageConverter.class, "messagingConverter") == null;
	}

	/** Whether somebody else may replace records before they are delivered. */
	private static boolean intercepted(MessageListenerContainer container) {
		Object interceptor = (container instanceof AbstractMessageListenerContainer<?, ?> known)
				? known.getRecordInterceptor() : null;
		return interceptor != null && foreign(interceptor);
	}

	private static boolean foreign(Object interceptor) {
		if (interceptor instanceof CompositeRecordInterceptor<?, ?>) {
			return !(Fields.read(interceptor, CompositeRecordInterceptor.class,
					"delegates") instanceof Collection<?> delegates)
					|| delegates.stream().anyMatch(PayloadConversion::foreign);
		}
		return !interceptor.getClass().getName().startsWith("io.github.kafkaguardrails.errorhandling.");
	}

}
