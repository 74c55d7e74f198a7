package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.kafka.listener.adapter.AdapterUtils;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.ShareAcknowledgment;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;

import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;

/**
 * Describes the signature of a listener method. Reactive types are told by their names,
 * so that none of them must be on the class path.
 */
final class ListenerMethodReader {

	private static final Set<String> PUBLISHERS = Set.of("org.reactivestreams.Publisher",
			"java.util.concurrent.Flow$Publisher", "kotlinx.coroutines.flow.Flow",
			"io.reactivex.rxjava3.core.CompletableSource", "io.reactivex.rxjava3.core.SingleSource",
			"io.reactivex.rxjava3.core.MaybeSource", "io.reactivex.rxjava3.core.ObservableSource",
			"io.reactivex.CompletableSource", "io.reactivex.SingleSource", "io.reactivex.MaybeSource",
			"io.reactivex.ObservableSource");

	private static final String MONO = "reactor.core.publisher.Mono";

	private static final Set<Class<?>> NO_PAYLOAD = Set.of(Acknowledgment.class, ShareAcknowledgment.class,
			Consumer.class, ShareConsumer.class, ConsumerRecordMetadata.class, MessageHeaders.class);

	private final boolean asyncEnabled;

	/**
	 * Create a reader.
	 * @param asyncEnabled whether the application has enabled {@code @Async}
	 */
	ListenerMethodReader(boolean asyncEnabled) {
		this.asyncEnabled = asyncEnabled;
	}

	ListenerMethod read(Object bean, Method method) {
		MethodParameter payload = payload(method);
		return new ListenerMethod(ClassUtils.getUserClass(method.getDeclaringClass()).getName(), method.getName(),
				acknowledgment(method), parameter(method, Consumer.class) != null, returnKind(method),
				method.getReturnType().getTypeName(), this.asyncEnabled && isAsync(bean, method),
				(payload != null) ? payload.getParameterType().getTypeName() : null,
				payload != null && mayBeNull(payload));
	}

	private static AcknowledgmentParameter acknowledgment(Method method) {
		MethodParameter acknowledgment = parameter(method, Acknowledgment.class);
		if (acknowledgment == null) {
			acknowledgment = parameter(method, ShareAcknowledgment.class);
		}
		if (acknowledgment != null) {
			return acknowledgment(acknowledgment);
		}
		for (MethodParameter parameter : parameters(method)) {
			if (givesHeaders(parameter)) {
				return AcknowledgmentParameter.HEADERS;
			}
		}
		return AcknowledgmentParameter.NONE;
	}

	private static AcknowledgmentParameter acknowledgment(MethodParameter parameter) {
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header != null && (!header.required() || parameter.isOptional())) {
			return AcknowledgmentParameter.HEADERS;
		}
		return (Nullness.forMethodParameter(parameter) == Nullness.NON_NULL) ? AcknowledgmentParameter.NON_NULL
				: AcknowledgmentParameter.NULLABLE;
	}

	/** Whether the acknowledgment, which is a header, can be taken from a parameter. */
	private static boolean givesHeaders(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		Header header = parameter.getParameterAnnotation(Header.class);
		return Message.class.isAssignableFrom(type) || MessageHeaders.class == type
				|| MessageHeaderAccessor.class.isAssignableFrom(type) || parameter.hasParameterAnnotation(Headers.class)
				|| (header != null && header.value().equals(KafkaHeaders.ACKNOWLEDGMENT))
				|| isListOfMessages(parameter);
	}

	private static boolean isListOfMessages(MethodParameter parameter) {
		if (!List.class.isAssignableFrom(parameter.getParameterType())) {
			return false;
		}
		Class<?> element = ResolvableType.forMethodParameter(parameter).as(List.class).getGeneric(0).resolve();
		return element != null && Message.class.isAssignableFrom(element);
	}

	/** The first parameter of exactly this type, or {@code null}. */
	private static @Nullable MethodParameter parameter(Method method, Class<?> type) {
		for (MethodParameter parameter : parameters(method)) {
			if (parameter.getParameterType() == type) {
				return parameter;
			}
		}
		return null;
	}

	private static List<MethodParameter> parameters(Method method) {
		List<MethodParameter> parameters = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			parameters.add(new SynthesizingMethodParameter(method, i));
		}
		return parameters;
	}

	private static ReturnKind returnKind(Method method) {
		Class<?> type = method.getReturnType();
		if (CompletableFuture.class.isAssignableFrom(type) || isOneOf(type, Set.of(MONO))
				|| KotlinDetector.isSuspendingFunction(method)) {
			return ReturnKind.ASYNCHRONOUS;
		}
		return isOneOf(type, PUBLISHERS) ? ReturnKind.UNSUBSCRIBED_PUBLISHER : ReturnKind.SYNCHRONOUS;
	}

	private static boolean isOneOf(Class<?> type, Set<String> names) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (names.contains(current.getName())) {
				return true;
			}
		}
		for (Class<?> contract : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			if (names.contains(contract.getName())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isAsync(Object bean, Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(AopUtils.getTargetClass(bean), Async.class);
	}

	/** The parameter for the payload, or {@code null} when it cannot be told. */
	private static @Nullable MethodParameter payload(Method method) {
		List<MethodParameter> candidates = new ArrayList<>();
		for (MethodParameter parameter : parameters(method)) {
			if (parameter.hasParameterAnnotation(Payload.class)) {
				return parameter;
			}
			if (mayBePayload(parameter)) {
				candidates.add(parameter);
			}
		}
		if (candidates.size() > 1) {
			candidates.removeIf((parameter) -> parameter.getParameterType() == ConsumerRecord.class);
		}
		return (candidates.size() == 1) ? candidates.get(0) : null;
	}

	private static boolean mayBeNull(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		Payload payload = parameter.getParameterAnnotation(Payload.class);
		return type == ConsumerRecord.class || type == Optional.class || Message.class.isAssignableFrom(type)
				|| (payload != null && !payload.required());
	}

	private static boolean mayBePayload(MethodParameter parameter) {
		return !NO_PAYLOAD.contains(parameter.getParameterType())
				&& !AdapterUtils.isKotlinContinuation(parameter.getParameterType())
				&& !parameter.hasParameterAnnotation(Header.class) && !parameter.hasParameterAnnotation(Headers.class);
	}

}
