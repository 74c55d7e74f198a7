package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.CommonDelegatingErrorHandler;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.CommonLoggingErrorHandler;
import org.springframework.kafka.listener.CommonMixedErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerPausingBackOffHandler;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.serializer.DelegatingByTypeSerializer;
import org.springframework.kafka.support.serializer.StringOrBytesSerializer;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorHandlingReaderTests {

	private static final String PREFIX = "spring.kafka.producer.transaction-id-prefix=tx-";

	@Test
	void knowsSpringsDefault() {
		assertThat(read(runner())).isEqualTo(new ErrorHandlingSetup(Kind.SPRING_DEFAULT,
				"Spring's default: 10 attempts without a pause, then log and skip",
				new BackOffSetup(9, Duration.ZERO, Duration.ZERO, false), null, List.of()));
	}

	@Test
	void seesTheBuiltInRecoverer() {
		ErrorHandlingSetup handling = read(() -> new DefaultErrorHandler(new FixedBackOff(1000, 3)));
		assertThat(handling.kind()).isEqualTo(Kind.LOG_AND_SKIP);
		assertThat(handling.description()).isEqualTo("4 attempts, then log and skip");
		assertThat(handling.backOff())
			.isEqualTo(new BackOffSetup(3, Duration.ofSeconds(1), Duration.ofSeconds(3), false));
	}

	@Test
	void claimsNothingOfARecovererOfTheUser() {
		assertThat(read(() -> new DefaultErrorHandler((record, exception) -> {
		}, new FixedBackOff(0, 0))))
			.isEqualTo(new ErrorHandlingSetup(Kind.CUSTOM, "1 attempt, then a recoverer of the application",
					new BackOffSetup(0, Duration.ZERO, Duration.ZERO, false), null, List.of()));
	}

	@Test
	void claimsNothingOfASubclass() {
		ErrorHandlingSetup handling = read(() -> new DefaultErrorHandler() {
		});
		assertThat(handling.kind()).isEqualTo(Kind.CUSTOM);
		assertThat(handling.backOff()).isNull();
	}

	@Test
	void seesADeadLetterTopic() {
		ErrorHandlingSetup handling = read(() -> new DefaultErrorHandler(
				new DeadLetterPublishingRecoverer(template(new StringSerializer())), new ExponentialBackOff(1000, 2)));
		assertThat(handling.kind()).isEqualTo(Kind.DEAD_LETTER);
		assertThat(handling.description()).isEqualTo("unlimited attempts, then dead-letter to <topic>-dlt");
		assertThat(handling.deadLetter()).isEqualTo(new DeadLetterSetup("<topic>-dlt",
				new SerdeSetup(StringSerializer.class.getName(), true, false, null, false),
				new SerdeSetup(StringSerializer.class.getName(), true, false, null, false)));
		assertThat(handling.backOff()).satisfies((backOff) -> {
			assertThat(backOff.retries()).isEqualTo(BackOffSetup.UNLIMITED);
			assertThat(backOff.longest()).isEqualTo(Duration.ofSeconds(30));
		});
	}

	@Test
	void doesNotGuessATopicThatCodeChooses() {
		DeadLetterSetup deadLetter = deadLetter(new DeadLetterPublishingRecoverer(template(new StringSerializer()),
				(record, exception) -> new TopicPartition("graveyard", 0)));
		assertThat(deadLetter.topic()).isEqualTo(DeadLetterSetup.TOPIC_SET_IN_CODE);
		assertThat(deadLetter.valueSerializer()).isNotNull();
	}

	@Test
	void tellsWhetherDeadLettersKeepTheirBytes() {
		assertThat(acceptsBytes(new ByteArraySerializer())).isTrue();
		assertThat(acceptsBytes(new StringOrBytesSerializer())).isTrue();
		assertThat(acceptsBytes(new DelegatingByTypeSerializer(
				Map.of(byte[].class, new ByteArraySerializer(), String.class, new StringSerializer()))))
			.isTrue();
		assertThat(acceptsBytes(new StringSerializer())).isFalse();
		assertThat(acceptsBytes(new DelegatingByTypeSerializer(Map.of(String.class, new StringSerializer())))).isNull();
		assertThat(acceptsBytes(new Serializer<>() {

			@Override
			public byte[] serialize(String topic, Object data) {
				return new byte[0];
			}

		})).isNull();
	}

	@Test
	void looksAtTheTemplateForBytes() {
		Map<Class<?>, KafkaOperations<?, ?>> templates = new LinkedHashMap<>();
		templates.put(String.class, template(new StringSerializer()));
		templates.put(byte[].class, template(new ByteArraySerializer()));
		assertThat(deadLetter(new DeadLetterPublishingRecoverer(templates)).valueSerializer())
			.satisfies((serializer) -> assertThat(serializer.acceptsBytes()).isTrue());
	}

	@Test
	void doesNotGuessATemplateThatCodeChooses() {
		KafkaTemplate<?, ?> template = template(new StringSerializer());
		assertThat(deadLetter(new DeadLetterPublishingRecoverer((record) -> template,
				(record, exception) -> new TopicPartition("graveyard", 0))))
			.isEqualTo(new DeadLetterSetup(DeadLetterSetup.TOPIC_SET_IN_CODE, null, null));
	}

	@Test
	void seesThatTheConsumerKeepsPolling() {
		ErrorHandlingSetup handling = read(
				() -> new DefaultErrorHandler(null, new FixedBackOff(1000, 3), new ContainerPausingBackOffHandler(
						new ListenerContainerPauseService(null, new SimpleAsyncTaskScheduler()))));
		assertThat(handling.backOff()).isNotNull().extracting(BackOffSetup::polling).isEqualTo(true);
	}

	@Test
	void survivesABackOffThatFails() {
		BackOff failing = new BackOff() {

			private boolean constructed;

			@Override
			public BackOffExecution start() {
				if (this.constructed) {
					throw new IllegalStateException("no");
				}
				this.constructed = true;
				return () -> BackOffExecution.STOP;
			}

		};
		ErrorHandlingSetup handling = read(() -> new DefaultErrorHandler(failing));
		assertThat(handling.kind()).isEqualTo(Kind.LOG_AND_SKIP);
		assertThat(handling.backOff()).isNull();
	}

	@Test
	void knowsSpringsOtherHandlers() {
		assertThat(read(CommonLoggingErrorHandler::new).kind()).isEqualTo(Kind.LOGGING_ONLY);
		assertThat(read(CommonContainerStoppingErrorHandler::new).kind()).isEqualTo(Kind.STOPPING);
	}

	@Test
	void looksThroughAHandlerThatChoosesByTheException() {
		assertThat(read(() -> {
			CommonDelegatingErrorHandler handler = new CommonDelegatingErrorHandler(
					new CommonContainerStoppingErrorHandler());
			handler.addDelegate(IllegalStateException.class, new CommonContainerStoppingErrorHandler());
			return handler;
		}).kind()).isEqualTo(Kind.STOPPING);
		assertThat(read(() -> new CommonDelegatingErrorHandler(new CommonErrorHandler() {
		})).kind()).isEqualTo(Kind.CUSTOM);
		assertThat(read(() -> new CommonDelegatingErrorHandler(new DefaultErrorHandler()) {
		}).kind()).isEqualTo(Kind.CUSTOM);
	}

	@Test
	void looksThroughAHandlerThatChoosesByTheListener() {
		Supplier<CommonErrorHandler> mixed = () -> new CommonMixedErrorHandler(new CommonLoggingErrorHandler(),
				new CommonDelegatingErrorHandler(new CommonContainerStoppingErrorHandler()));
		assertThat(read(mixed).kind()).isEqualTo(Kind.LOGGING_ONLY);
		assertThat(read(runner().withBean(CommonErrorHandler.class, mixed)
			.withPropertyValues("spring.kafka.listener.type=batch")).kind()).isEqualTo(Kind.STOPPING);
	}

	@Test
	void seesRetryTopicsOfATransactionalListener() {
		assertThat(read(runner().withPropertyValues(PREFIX, "spring.kafka.retry.topic.enabled=true")
			.withUserConfiguration(DescribedProcessor.class)).kind()).isEqualTo(Kind.RETRY_TOPIC);
	}

	@Test
	void believesAHandlerThatDescribesItself() {
		assertThat(read(DescribedHandler::new).description()).isEqualTo("described");
		assertThat(read(runner().withPropertyValues(PREFIX).withBean(CommonErrorHandler.class, DescribedHandler::new))
			.description()).isEqualTo("described");
	}

	@Test
	void judgesTheAfterRollbackProcessorOfATransactionalListener() {
		ErrorHandlingSetup handling = read(runner().withPropertyValues(PREFIX));
		assertThat(handling.kind()).isEqualTo(Kind.SPRING_DEFAULT);
		assertThat(handling.description()).isEqualTo("10 attempts, then log and skip");
		assertThat(read(runner().withPropertyValues(PREFIX).withUserConfiguration(DeadLetterProcessor.class)).kind())
			.isEqualTo(Kind.DEAD_LETTER);
		assertThat(
				read(runner().withPropertyValues(PREFIX).withUserConfiguration(DescribedProcessor.class)).description())
			.isEqualTo("described processor");
	}

	@Test
	void ignoresTheAfterRollbackProcessorWithoutTransactions() {
		assertThat(read(runner().withUserConfiguration(DeadLetterProcessor.class)).kind())
			.isEqualTo(Kind.SPRING_DEFAULT);
	}

	@Test
	void prefersTheHandlerOfATransactionalListenerToSpringsProcessor() {
		assertThat(read(
				runner().withPropertyValues(PREFIX).withBean(CommonErrorHandler.class, CommonLoggingErrorHandler::new))
			.kind()).isEqualTo(Kind.LOGGING_ONLY);
	}

	@Test
	void knowsThatABatchIsRolledBackForEverUnlessBothSwitchesAreOn() {
		ApplicationContextRunner batch = runner().withPropertyValues(PREFIX, "spring.kafka.listener.type=batch");
		assertThat(read(batch)).satisfies((handling) -> {
			assertThat(handling.kind()).isEqualTo(Kind.SPRING_DEFAULT);
			assertThat(handling.description()).isEqualTo("the whole batch again and again, without an end");
			assertThat(handling.backOff()).isNotNull()
				.satisfies((backOff) -> assertThat(backOff.retries()).isEqualTo(BackOffSetup.UNLIMITED));
		});
		assertThat(read(batch.withUserConfiguration(BatchRecovery.class)).backOff())
			.satisfies((backOff) -> assertThat(backOff.retries()).isEqualTo(BackOffSetup.UNLIMITED));
		assertThat(read(batch.withUserConfiguration(BatchRecovery.class, CommittingProcessor.class)).backOff())
			.satisfies((backOff) -> assertThat(backOff.retries()).isEqualTo(2));
	}

	private static @Nullable Boolean acceptsBytes(Serializer<?> serializer) {
		SerdeSetup setup = deadLetter(new DeadLetterPublishingRecoverer(template(serializer))).valueSerializer();
		return Objects.requireNonNull(setup).acceptsBytes();
	}

	private static DeadLetterSetup deadLetter(DeadLetterPublishingRecoverer recoverer) {
		return Objects.requireNonNull(read(() -> new DefaultErrorHandler(recoverer)).deadLetter());
	}

	private static KafkaTemplate<?, ?> template(Serializer<?> serializer) {
		return template(serializer, serializer);
	}

	private static <T> KafkaTemplate<T, T> template(Serializer<T> keySerializer, Serializer<?> valueSerializer) {
		@SuppressWarnings("unchecked") // never used
		Serializer<T> serializer = (Serializer<T>) valueSerializer;
		return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "broker:9092"),
				keySerializer, serializer));
	}

	private static ErrorHandlingSetup read(Supplier<CommonErrorHandler> handler) {
		return read(runner().withBean(CommonErrorHandler.class, handler));
	}

	private static ErrorHandlingSetup read(ApplicationContextRunner runner) {
		ErrorHandlingSetup[] found = new ErrorHandlingSetup[1];
		ReaderRunner.picture(runner, (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "orders");
			assertThat(listener.container().transactional())
				.isEqualTo(setup.producers().stream().anyMatch(ProducerSetup::transactional));
			found[0] = listener.errorHandling();
		});
		return found[0];
	}

	private static ApplicationContextRunner runner() {
		return ReaderRunner.runner().withUserConfiguration(Orders.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class BatchRecovery {

		@Bean
		ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> customizer() {
			return (container) -> container.getContainerProperties().setBatchRecoverAfterRollback(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CommittingProcessor {

		@Bean
		AfterRollbackProcessor<Object, Object> processor(KafkaTemplate<Object, Object> template) {
			return new DefaultAfterRollbackProcessor<>(null, new FixedBackOff(0, 2), template, true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		@KafkaListener(id = "orders", topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeadLetterProcessor {

		@Bean
		static AfterRollbackProcessor<Object, Object> processor() {
			return new DefaultAfterRollbackProcessor<>(
					new DeadLetterPublishingRecoverer(template(new StringSerializer())), new FixedBackOff(0, 2));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DescribedProcessor {

		@Bean
		static AfterRollbackProcessor<Object, Object> processor() {
			return new SelfDescribingProcessor();
		}

	}

	static final class SelfDescribingProcessor extends DefaultAfterRollbackProcessor<Object, Object>
			implements ErrorHandlingDescriber {

		@Override
		public ErrorHandlingSetup describeErrorHandling() {
			return ErrorHandlingSetup.of(Kind.GUARDRAILS, "described processor");
		}

	}

	static final class DescribedHandler implements CommonErrorHandler, ErrorHandlingDescriber {

		@Override
		public boolean handleOne(Exception thrownException, ConsumerRecord<?, ?> record, Consumer<?, ?> consumer,
				MessageListenerContainer container) {
			return true;
		}

		@Override
		public ErrorHandlingSetup describeErrorHandling() {
			return ErrorHandlingSetup.of(Kind.GUARDRAILS, "described");
		}

	}

}
