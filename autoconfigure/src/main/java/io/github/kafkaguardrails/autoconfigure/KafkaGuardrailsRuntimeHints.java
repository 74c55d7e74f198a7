package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.ServiceLoader;

import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.CommonDelegatingErrorHandler;
import org.springframework.kafka.listener.CommonMixedErrorHandler;
import org.springframework.kafka.listener.CompositeRecordInterceptor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.FailedRecordProcessor;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.adapter.DelegatingInvocableHandler;
import org.springframework.kafka.listener.adapter.HandlerAdapter;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.retrytopic.DefaultDestinationTopicProcessor;
import org.springframework.kafka.retrytopic.RetryTopicConfigurer;
import org.springframework.kafka.support.converter.MessagingMessageConverter;
import org.springframework.kafka.support.serializer.DelegatingByTypeSerializer;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.messaging.converter.GenericMessageConverter;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;

/**
 * Tells a native image what is reached by reflection: the fields without a getter, the
 * rules, and the metadata of configuration properties.
 */
final class KafkaGuardrailsRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<?>> FIELDS = List.of(AbstractKafkaListenerContainerFactory.class,
			AbstractMessageListenerContainer.class, AbstractShareKafkaMessageListenerContainer.class,
			ShareKafkaMessageListenerContainer.class, MessagingMessageListenerAdapter.class, HandlerAdapter.class,
			DelegatingInvocableHandler.class, DefaultKafkaConsumerFactory.class, DefaultKafkaProducerFactory.class,
			DefaultShareConsumerFactory.class, FailedRecordProcessor.class, DeadLetterPublishingRecoverer.class,
			DelegatingByTypeSerializer.class, ErrorHandlingDeserializer.class, KafkaTemplate.class,
			ConcurrentMessageListenerContainer.class, CompositeRecordInterceptor.class, MessagingMessageConverter.class,
			GenericMessageConverter.class, InvocableHandlerMethod.class, PayloadMethodArgumentResolver.class,
			RetryTopicConfigurer.class, DefaultDestinationTopicProcessor.class, KafkaAdmin.class,
			KafkaAdmin.NewTopics.class, CommonMixedErrorHandler.class, CommonDelegatingErrorHandler.class);

	/** As {@link #FIELDS}, of classes that are not visible here or not always there. */
	private static final List<String> FIELDS_BY_NAME = List.of("org.springframework.kafka.listener.FailedRecordTracker",
			"org.springframework.kafka.config.StreamsBuilderFactoryBean",
			"io.github.kafkaguardrails.setup.AmbiguousBeansReader$InjectionPoints");

	private static final String DOORS = "io.github.kafkaguardrails.errorhandling.orderedretry.kafka";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		FIELDS.forEach((type) -> hints.reflection().registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS));
		FIELDS_BY_NAME.forEach((name) -> hints.reflection()
			.registerType(TypeReference.of(name), MemberCategory.ACCESS_DECLARED_FIELDS));
		for (Class<? extends PitfallRule> type : List.of(PitfallRule.class, StartupPitfallRule.class)) {
			ServiceLoader.load(type, classLoader)
				.stream()
				.forEach((rule) -> hints.reflection()
					.registerType(rule.type(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
			hints.resources().registerPattern("META-INF/services/" + type.getName());
		}
		hints.reflection()
			.registerType(TypeReference.of(DOORS + ".CapturingDeserializer"),
					MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		hints.proxies().registerJdkProxy(TypeReference.of(DOORS + ".DoorConsumer"));
		hints.proxies().registerJdkProxy(Consumer.class);
		hints.resources().registerPattern("META-INF/spring-configuration-metadata.json");
	}

}
