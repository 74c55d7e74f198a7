package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.PropertyResolver;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.adapter.DelegatingInvocableHandler;
import org.springframework.kafka.listener.adapter.HandlerAdapter;
import org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.ClassUtils;

/**
 * What a container calls in the end, with all wrappers taken off.
 *
 * @param annotated whether it is made for methods of a bean
 * @param batch whether it takes whole batches
 * @param retryTopic whether retry topics serve it
 * @param asyncReplies whether records are acknowledged when a future completes
 * @param classLevel whether the methods are the handlers of an annotated class
 * @param bean the bean that owns the methods, or {@code null} when it is not known
 * @param methods the methods; empty when they are not known
 * @param annotations the {@code @KafkaListener} annotations that may have led to the
 * container; more than one when they cannot be told apart
 */
record ListenerEndpoint(boolean annotated, boolean batch, boolean retryTopic, boolean asyncReplies, boolean classLevel,
		@Nullable Object bean, List<Method> methods, List<KafkaListener> annotations) {

	ListenerEndpoint {
		methods = List.copyOf(methods);
		annotations = List.copyOf(annotations);
	}

	/**
	 * Look into a message listener.
	 * @param listener the message listener of a container
	 * @param id id of the listener
	 * @param resolver resolves placeholders in annotations
	 */
	static ListenerEndpoint of(@Nullable Object listener, String id, PropertyResolver resolver) {
		boolean batch = listener instanceof BatchMessageListener;
		boolean retryTopic = false;
		Object current = listener;
		while (current instanceof DelegatingMessageListener<?> wrapper) {
			retryTopic |= current instanceof KafkaBackoffAwareMessageListenerAdapter;
			current = wrapper.getDelegate();
		}
		if (!(current instanceof MessagingMessageListenerAdapter<?, ?> adapter)) {
			return new ListenerEndpoint(false, batch, retryTopic, false, false, null, List.of(), List.of());
		}
		boolean asyncReplies = adapter.isAsyncReplies();
		if (!(Fields.read(adapter, MessagingMessageListenerAdapter.class,
				"handlerMethod") instanceof HandlerAdapter handler)) {
			return new ListenerEndpoint(true, batch, retryTopic, asyncReplies, false, null, List.of(), List.of());
		}
		Object classHandler = Fields.read(handler, HandlerAdapter.class, "delegatingHandler");
		boolean classLevel = classHandler instanceof DelegatingInvocableHandler;
		List<Method> methods = (classHandler instanceof DelegatingInvocableHandler delegating)
				? methods(Fields.read(delegating, DelegatingInvocableHandler.class, "handlers")) : methods(
						Collections.singletonList(Fields.read(handler, HandlerAdapter.class, "invokerHandlerMethod")));
		Object bean = handler.getBean();
		return new ListenerEndpoint(true, batch, retryTopic, asyncReplies, classLevel, bean, methods,
				annotations(bean, classLevel, methods, id, resolver));
	}

	/** What a message listener calls in the end, with all wrappers taken off. */
	static @Nullable Object target(@Nullable Object listener) {
		Object current = listener;
		while (current instanceof DelegatingMessageListener<?> wrapper) {
			current = wrapper.getDelegate();
		}
		return current;
	}

	/** The methods or the class, ready to print, or {@code null} when not known. */
	@Nullable String place() {
		if (this.classLevel && this.bean != null) {
			return ClassUtils.getUserClass(AopUtils.getTargetClass(this.bean)).getName();
		}
		if (this.methods.size() != 1) {
			return null;
		}
		Method method = this.methods.get(0);
		return ClassUtils.getUserClass(method.getDeclaringClass()).getName() + "#" + method.getName();
	}

	private static List<Method> methods(@Nullable Object handlers) {
		List<Method> methods = new ArrayList<>();
		if (handlers instanceof List<?> list) {
			for (Object handler : list) {
				if (handler instanceof InvocableHandlerMethod method) {
					methods.add(method.getMethod());
				}
			}
		}
		return methods;
	}

	private static List<KafkaListener> annotations(Object bean, boolean classLevel, List<Method> methods, String id,
			PropertyResolver resolver) {
		Set<KafkaListener> all = Set.of();
		if (classLevel) {
			all = AnnotatedElementUtils.findMergedRepeatableAnnotations(AopUtils.getTargetClass(bean),
					KafkaListener.class);
		}
		else if (methods.size() == 1) {
			KafkaListener only = only(methods.get(0));
			all = (only != null) ? Set.of(only)
					: AnnotatedElementUtils.findMergedRepeatableAnnotations(methods.get(0), KafkaListener.class);
		}
		List<KafkaListener> named = new ArrayList<>();
		for (KafkaListener annotation : all) {
			if (resolver.resolvePlaceholders(annotation.id()).equals(id)) {
				named.add(annotation);
			}
		}
		return List.copyOf(named.isEmpty() ? all : named);
	}

	/** The annotation of a method that has no other: there is nothing to merge. */
	private static @Nullable KafkaListener only(Method method) {
		return (method.getAnnotations().length == 1) ? method.getAnnotation(KafkaListener.class) : null;
	}

}
