package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.annotation.TopicPartition;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.ShareKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.ShareConsumerRecordRecoverer;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;
import io.github.kafkaguardrails.setup.ListenerSetup.Role;

import static org.assertj.core.api.Assertions.assertThat;

class ListenerReaderTests {

	private static final String PLACE = ListenerReaderTests.class.getName() + "$";

	private final ApplicationContextRunner runner = ReaderRunner.runner()
		.withPropertyValues("spring.kafka.consumer.group-id=common", "topic.name=orders");

	@Test
	void describesARecordListener() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "record");
			assertThat(listener.explicitId()).isTrue();
			assertThat(listener.role()).isEqualTo(Role.MAIN);
			assertThat(listener.place()).isEqualTo(PLACE + "Listeners#record");
			assertThat(listener.groupId()).isEqualTo("record");
			assertThat(listener.subscription()).isEqualTo(Subscription.ofTopics("orders"));
			assertThat(listener.container()).satisfies((container) -> {
				assertThat(container.type()).isEqualTo(ContainerSetup.Type.RECORD);
				assertThat(container.factory()).isEqualTo("kafkaListenerContainerFactory");
				assertThat(container.consumerFactory()).isEqualTo("kafkaConsumerFactory");
				assertThat(container.ackMode()).isEqualTo("BATCH");
				assertThat(container.asyncAcks()).isFalse();
				assertThat(container.concurrency()).isEqualTo(1);
				assertThat(container.transactional()).isFalse();
				assertThat(container.autoStartup()).isFalse();
				assertThat(container.authExceptionRetryInterval()).isNull();
				assertThat(container.clientIdSuffix()).isTrue();
				assertThat(container.commonErrorHandler()).isFalse();
			});
			assertThat(listener.valueDeserializer()).isEqualTo(SerdeSetup.ofClass(StringDeserializer.class.getName()));
		});
	}

	@Test
	void looksThroughAFilter() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, Filter.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "record");
			assertThat(listener.role()).isEqualTo(Role.MAIN);
			assertThat(listener.methods()).hasSize(1);
		});
	}

	@Test
	void describesTheMethod() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			assertThat(ReaderRunner.listener(setup, "record").methods())
				.containsExactly(new ListenerMethod(PLACE + "Listeners", "record", AcknowledgmentParameter.NONE, true,
						ReturnKind.SYNCHRONOUS, "void", false, "java.lang.String"));
			assertThat(method(setup, "ack").acknowledgment()).isEqualTo(AcknowledgmentParameter.NULLABLE);
			assertThat(method(setup, "ack").payloadType())
				.isEqualTo("org.apache.kafka.clients.consumer.ConsumerRecord");
			assertThat(method(setup, "plainAck").acknowledgment()).isEqualTo(AcknowledgmentParameter.NULLABLE);
			assertThat(method(setup, "strictAck").acknowledgment()).isEqualTo(AcknowledgmentParameter.NON_NULL);
			assertThat(method(setup, "strictAck").payloadType()).isEqualTo("byte[]");
			assertThat(method(setup, "record").acknowledgment()).isEqualTo(AcknowledgmentParameter.NONE);
			assertThat(method(setup, "ambiguous").payloadType()).isNull();
		});
	}

	@Test
	void tellsWhetherAMethodTakesARecordWithoutAValue() {
		ReaderRunner.picture(
				this.runner.withUserConfiguration(Listeners.class, HeaderListeners.class, NullListeners.class),
				(setup) -> {
					assertThat(List.of("ack", "message", "maybe", "optionalPayload"))
						.allMatch((id) -> method(setup, id).nullPayload());
					assertThat(List.of("record", "strictAck", "ambiguous", "marked"))
						.noneMatch((id) -> method(setup, id).nullPayload());
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "message", "messageHeaders", "headers", "accessor", "header", "named", "optionalHeader",
			"nullableHeader", "messages" })
	void seesAnAcknowledgmentInTheHeaders(String id) {
		ReaderRunner.picture(this.runner.withUserConfiguration(HeaderListeners.class),
				(setup) -> assertThat(method(setup, id).acknowledgment()).isEqualTo(AcknowledgmentParameter.HEADERS));
	}

	@Test
	void tellsOtherParametersFromTheHeaders() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, HeaderListeners.class), (setup) -> {
			assertThat(method(setup, "requiredHeader").acknowledgment()).isEqualTo(AcknowledgmentParameter.NON_NULL);
			assertThat(method(setup, "ackAndMessage").acknowledgment()).isEqualTo(AcknowledgmentParameter.NON_NULL);
			assertThat(method(setup, "batch").acknowledgment()).isEqualTo(AcknowledgmentParameter.NONE);
			assertThat(method(setup, "otherHeader").acknowledgment()).isEqualTo(AcknowledgmentParameter.NONE);
		});
	}

	@Test
	void tellsReturnKindsApart() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			assertThat(method(setup, "future").returnKind()).isEqualTo(ReturnKind.ASYNCHRONOUS);
			assertThat(method(setup, "publisher").returnKind()).isEqualTo(ReturnKind.UNSUBSCRIBED_PUBLISHER);
			assertThat(method(setup, "record").returnKind()).isEqualTo(ReturnKind.SYNCHRONOUS);
		});
	}

	@Test
	void acknowledgesManuallyWhenTheMethodIsAsynchronous() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			ContainerSetup container = ReaderRunner.listener(setup, "future").container();
			assertThat(container.ackMode()).isEqualTo("MANUAL");
			assertThat(container.asyncAcks()).isTrue();
			assertThat(container.bootValues()).containsEntry("spring.kafka.listener.ack-mode", "BATCH")
				.containsEntry("spring.kafka.listener.async-acks", "false");
		});
	}

	@Test
	void needsBothTheAnnotationAndItsSupportForAsync() {
		ReaderRunner.picture(this.runner.withUserConfiguration(AsyncListener.class),
				(setup) -> assertThat(method(setup, "async").async()).isFalse());
		ReaderRunner.picture(this.runner.withUserConfiguration(AsyncListener.class, AsyncSupport.class),
				(setup) -> assertThat(method(setup, "async").async()).isTrue());
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, AsyncSupport.class),
				(setup) -> assertThat(method(setup, "record").async()).isFalse());
	}

	@Test
	void describesABatchListener() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "batch");
			assertThat(listener.container().type()).isEqualTo(ContainerSetup.Type.BATCH);
			assertThat(listener.container().concurrency()).isEqualTo(3);
			assertThat(listener.methods()).extracting(ListenerMethod::payloadType).containsExactly("java.util.List");
		});
	}

	@Test
	void describesAnAnnotatedClass() {
		ReaderRunner.picture(this.runner.withUserConfiguration(ClassLevel.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "class-level");
			assertThat(listener.place()).isEqualTo(PLACE + "ClassLevel$Handler");
			assertThat(listener.methods()).extracting(ListenerMethod::methodName)
				.containsExactlyInAnyOrder("text", "number");
		});
	}

	@Test
	void tellsAGeneratedIdFromAGivenOne() {
		ReaderRunner.picture(this.runner.withUserConfiguration(NoId.class),
				(setup) -> assertThat(setup.listeners()).singleElement().satisfies((listener) -> {
					assertThat(listener.explicitId()).isFalse();
					assertThat(listener.groupId()).isEqualTo("common");
					assertThat(listener.consumer().get("group.id").origin().property())
						.isEqualTo("spring.kafka.consumer.group-id");
				}));
	}

	@Test
	void tellsSubscriptionsApart() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			assertThat(ReaderRunner.listener(setup, "pattern").subscription())
				.isEqualTo(new Subscription(List.of(), "orders\\..*", List.of()));
			assertThat(ReaderRunner.listener(setup, "partitions").subscription())
				.isEqualTo(new Subscription(List.of(), null, List.of("orders-0", "orders-1")));
		});
	}

	@Test
	void overlaysWhatTheAnnotationSets() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class)
			.withPropertyValues("spring.kafka.consumer.max-poll-records=500"), (setup) -> {
				ClientConfig consumer = ReaderRunner.listener(setup, "tuned").consumer();
				ConfigValue records = consumer.get("max.poll.records");
				assertThat(records.value()).isEqualTo("10");
				assertThat(records.raw()).isEqualTo("${tuned.records:10}");
				assertThat(records.origin())
					.isEqualTo(ValueOrigin.annotation("@KafkaListener on " + PLACE + "Listeners#tuned"));
				assertThat(consumer.get("group.id").value()).isEqualTo("tuned-group");
				assertThat(consumer.get("group.id").raw()).isEqualTo("${tuned.group:tuned-group}");
				assertThat(consumer.get("group.id").origin().kind()).isEqualTo(ValueOrigin.Kind.ANNOTATION);
				assertThat(consumer.get("client.id").value()).isEqualTo("tuned-client");
				assertThat(consumer.get("client.id").origin().kind()).isEqualTo(ValueOrigin.Kind.ANNOTATION);
			});
	}

	@Test
	void addsWhatTheContainerDoesAboutAutoCommit() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class), (setup) -> {
			ConfigValue commit = ReaderRunner.listener(setup, "record").consumer().get("enable.auto.commit");
			assertThat(commit.value()).isEqualTo(false);
			assertThat(commit.origin()).isEqualTo(ValueOrigin.frameworkDefault());
		});
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class)
			.withPropertyValues("spring.kafka.consumer.enable-auto-commit=true"), (setup) -> {
				ConfigValue commit = ReaderRunner.listener(setup, "record").consumer().get("enable.auto.commit");
				assertThat(commit.value()).isEqualTo(true);
				assertThat(commit.explicit()).isTrue();
			});
	}

	@Test
	void findsThePropertyBehindTheClientIdOfListeners() {
		ReaderRunner.picture(
				this.runner.withUserConfiguration(Listeners.class)
					.withPropertyValues("spring.kafka.listener.client-id=all"),
				(setup) -> assertThat(
						ReaderRunner.listener(setup, "record").consumer().get("client.id").origin().property())
					.isEqualTo("spring.kafka.listener.client-id"));
	}

	@Test
	void showsTheValuesThatBootPropertiesWouldSet() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class)
			.withPropertyValues("spring.kafka.listener.poll-timeout=3s",
					"spring.kafka.listener.auth-exception-retry-interval=10s",
					"spring.kafka.listener.ack-mode=manual-immediate"),
				(setup) -> {
					ContainerSetup container = ReaderRunner.listener(setup, "record").container();
					assertThat(container.authExceptionRetryInterval()).isEqualTo(Duration.ofSeconds(10));
					assertThat(container.bootValues()).containsAllEntriesOf(Map.of("spring.kafka.listener.poll-timeout",
							"PT3S", "spring.kafka.listener.auth-exception-retry-interval", "PT10S",
							"spring.kafka.listener.ack-mode", "MANUAL_IMMEDIATE", "spring.kafka.listener.type",
							"SINGLE", "spring.kafka.listener.concurrency", "1",
							"spring.kafka.listener.idle-between-polls", "PT0S",
							"spring.kafka.listener.missing-topics-fatal", "false",
							"spring.kafka.listener.immediate-stop", "false",
							"spring.kafka.listener.observation-enabled", "false"));
				});
	}

	@Test
	void showsThatAContainerHasNoValue() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class),
				(setup) -> assertThat(ReaderRunner.listener(setup, "record").container().bootValues())
					.containsEntry("spring.kafka.listener.auth-exception-retry-interval", ""));
	}

	@Test
	void leavesOutTheBootValuesThatTheAnnotationSets() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class),
				(setup) -> assertThat(ReaderRunner.listener(setup, "batch").container().bootValues()).isNotEmpty()
					.doesNotContainKeys("spring.kafka.listener.type", "spring.kafka.listener.concurrency",
							"spring.kafka.listener.ack-mode"));
	}

	@Test
	void describesContainersOfAFactoryOfTheUser() {
		ReaderRunner.picture(this.runner.withUserConfiguration(UserFactory.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "custom");
			assertThat(listener.container().factory()).isEqualTo("customFactory");
			assertThat(listener.container().consumerFactory()).isEqualTo("customConsumers");
			assertThat(listener.consumer().get("group.id").origin())
				.isEqualTo(ValueOrigin.annotation("@KafkaListener on " + PLACE + "UserFactory#handle"));
			assertThat(listener.consumer().get("max.poll.records").origin())
				.isEqualTo(ValueOrigin.code("bean 'customConsumers'"));
			assertThat(listener.valueDeserializer()).isEqualTo(new SerdeSetup(ErrorHandlingDeserializer.class.getName(),
					false, true, StringDeserializer.class.getName(), null));
			assertThat(listener.keyDeserializer()).isEqualTo(new SerdeSetup(ErrorHandlingDeserializer.class.getName(),
					true, true, StringDeserializer.class.getName(), null));
		});
	}

	@Test
	void describesAContainerThatIsABean() {
		ReaderRunner.picture(this.runner.withUserConfiguration(ContainerBean.class),
				(setup) -> assertThat(setup.listeners()).singleElement().satisfies((listener) -> {
					assertThat(listener.id()).isEqualTo("ordersContainer");
					assertThat(listener.role()).isEqualTo(Role.MANUAL);
					assertThat(listener.place()).isEqualTo("bean 'ordersContainer'");
					assertThat(listener.methods()).isEmpty();
					assertThat(listener.consumer().get("max.poll.records").origin())
						.isEqualTo(ValueOrigin.code("the container of bean 'ordersContainer'"));
				}));
	}

	@Test
	void tellsTheContainersOfRetryTopicsFromTheirListener() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Retries.class), (setup) -> {
			assertThat(setup.listeners()).hasSize(4);
			assertThat(setup.listeners()).filteredOn((listener) -> listener.role() == Role.MAIN)
				.extracting(ListenerSetup::id)
				.containsExactly("retried");
			assertThat(setup.listeners()).filteredOn((listener) -> listener.role() == Role.AUXILIARY)
				.extracting(ListenerSetup::id)
				.containsExactlyInAnyOrder("retried-retry-1000", "retried-retry-2000", "retried-dlt");
			assertThat(setup.listeners())
				.allMatch((listener) -> listener.errorHandling().kind() == ErrorHandlingSetup.Kind.RETRY_TOPIC);
		});
	}

	@Test
	void describesAShareListener() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Share.class), (setup) -> {
			ListenerSetup listener = ReaderRunner.listener(setup, "shared");
			assertThat(listener.container().type()).isEqualTo(ContainerSetup.Type.SHARE);
			assertThat(listener.container().ackMode()).isEqualTo("EXPLICIT");
			assertThat(ReaderRunner.listener(setup, "sharedImplicitly").container().ackMode()).isEqualTo("IMPLICIT");
			assertThat(listener.groupId()).isEqualTo("shared");
			assertThat(listener.container().consumerFactory()).isEqualTo("shareConsumers");
			assertThat(listener.consumer().given("enable.auto.commit")).isEmpty();
			assertThat(listener.methods()).hasSize(1);
			assertThat(listener.errorHandling().kind()).isEqualTo(ErrorHandlingSetup.Kind.REJECTING);
			assertThat(ReaderRunner.listener(setup, "sharedImplicitly").errorHandling().kind())
				.isEqualTo(ErrorHandlingSetup.Kind.CUSTOM);
		});
	}

	@Test
	void tellsWhetherTheIdIsTheGroup() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, Groups.class, NoId.class), (setup) -> {
			assertThat(ReaderRunner.listener(setup, "record").groupFromId()).isTrue();
			assertThat(ReaderRunner.listener(setup, "tuned").groupFromId()).isFalse();
			assertThat(ReaderRunner.listener(setup, "same").groupFromId()).isFalse();
			assertThat(ReaderRunner.listener(setup, "no-group").groupFromId()).isFalse();
			assertThat(setup.listeners()).filteredOn((listener) -> !listener.explicitId())
				.singleElement()
				.matches((listener) -> !listener.groupFromId());
		});
	}

	@Test
	void numbersTheStaticMembersOfAContainer() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, Groups.class)
			.withPropertyValues("spring.kafka.consumer.properties.group.instance.id=node"), (setup) -> {
				assertThat(instanceIds(setup, "record")).containsExactly("node-0");
				assertThat(instanceIds(setup, "batch")).containsExactly("node-0", "node-1", "node-2");
				assertThat(instanceIds(setup, "no-group")).containsExactly("own-0");
			});
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class),
				(setup) -> assertThat(instanceIds(setup, "record")).isEmpty());
	}

	@Test
	void numbersNoStaticMemberThatSpringDoesNotNumber() {
		ReaderRunner.picture(
				this.runner.withUserConfiguration(ContainerBean.class)
					.withPropertyValues("spring.kafka.consumer.properties.group.instance.id=node"),
				(setup) -> assertThat(instanceIds(setup, "ordersContainer")).containsExactly("node"));
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, NoSuffix.class)
			.withPropertyValues("spring.kafka.consumer.properties.group.instance.id=node"), (setup) -> {
				assertThat(instanceIds(setup, "record")).containsExactly("node");
				assertThat(instanceIds(setup, "batch")).containsExactly("node-0", "node-1", "node-2");
			});
	}

	@Test
	void seesThatAContainerStartsAgain() {
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class),
				(setup) -> assertThat(ReaderRunner.listener(setup, "record").container().restartAfterAuthExceptions())
					.isFalse());
		ReaderRunner.picture(this.runner.withUserConfiguration(Listeners.class, NoSuffix.class),
				(setup) -> assertThat(ReaderRunner.listener(setup, "record").container().restartAfterAuthExceptions())
					.isTrue());
	}

	private static List<String> instanceIds(KafkaSetup setup, String id) {
		return ReaderRunner.listener(setup, id).container().groupInstanceIds();
	}

	private static ListenerMethod method(KafkaSetup setup, String id) {
		List<ListenerMethod> methods = ReaderRunner.listener(setup, id).methods();
		assertThat(methods).hasSize(1);
		return methods.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@KafkaListener(id = "record", topics = "${topic.name}")
		void record(String value, @Header(KafkaHeaders.RECEIVED_KEY) String key, Consumer<?, ?> consumer) {
		}

		@KafkaListener(id = "ack", topics = "orders")
		void ack(ConsumerRecord<String, String> record, @Nullable Acknowledgment acknowledgment) {
		}

		@NullUnmarked
		@KafkaListener(id = "plainAck", topics = "orders")
		void plainAck(String value, Acknowledgment acknowledgment) {
		}

		@KafkaListener(id = "strictAck", topics = "orders")
		void strictAck(@Payload byte[] value, String other, Acknowledgment acknowledgment) {
		}

		@KafkaListener(id = "ambiguous", topics = "orders")
		void ambiguous(String value, Integer other) {
		}

		@KafkaListener(id = "batch", topics = "orders", batch = "true", concurrency = "3", ackMode = "MANUAL")
		void batch(List<String> values) {
		}

		@KafkaListener(id = "future", topics = "orders")
		CompletableFuture<@Nullable Void> future(String value) {
			return CompletableFuture.completedFuture(null);
		}

		@KafkaListener(id = "publisher", topics = "orders")
		Flow.@Nullable Publisher<String> publisher(String value) {
			return null;
		}

		@KafkaListener(id = "pattern", topicPattern = "orders\\..*")
		void pattern(String value) {
		}

		@KafkaListener(id = "partitions", topicPartitions = @TopicPartition(topic = "orders", partitions = "0-1"))
		void partitions(String value) {
		}

		@KafkaListener(id = "tuned", topics = "orders", groupId = "${tuned.group:tuned-group}",
				clientIdPrefix = "tuned-client",
				properties = { "max.poll.records=${tuned.records:10}", "group.id=ignored" })
		void tuned(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NullListeners {

		@KafkaListener(id = "maybe", topics = "orders")
		void maybe(Optional<String> value) {
		}

		@KafkaListener(id = "optionalPayload", topics = "orders")
		void optionalPayload(@Payload(required = false) String value) {
		}

		@KafkaListener(id = "marked", topics = "orders")
		void marked(@Nullable String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Groups {

		@KafkaListener(id = "same", groupId = "same", topics = "orders")
		void same(String value) {
		}

		@KafkaListener(id = "no-group", idIsGroup = false, topics = "orders", properties = "group.instance.id=own")
		void noGroup(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoSuffix {

		@Bean
		ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> noSuffix() {
			return (container) -> {
				container.setAlwaysClientIdSuffix(false);
				container.getContainerProperties().setRestartAfterAuthExceptions(true);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HeaderListeners {

		@KafkaListener(id = "message", topics = "orders")
		void message(Message<String> message) {
		}

		@KafkaListener(id = "messageHeaders", topics = "orders")
		void messageHeaders(String value, MessageHeaders headers) {
		}

		@KafkaListener(id = "headers", topics = "orders")
		void headers(String value, @Headers Map<String, Object> headers) {
		}

		@KafkaListener(id = "accessor", topics = "orders")
		void accessor(String value, MessageHeaderAccessor headers) {
		}

		@KafkaListener(id = "header", topics = "orders")
		void header(String value, @Header(KafkaHeaders.ACKNOWLEDGMENT) Object acknowledgment) {
		}

		@KafkaListener(id = "named", topics = "orders")
		void named(String value, @Header(name = KafkaHeaders.ACKNOWLEDGMENT) Object acknowledgment) {
		}

		@KafkaListener(id = "optionalHeader", topics = "orders")
		void optionalHeader(String value, @Header(required = false) Acknowledgment acknowledgment) {
		}

		@KafkaListener(id = "nullableHeader", topics = "orders")
		void nullableHeader(String value, @Header(KafkaHeaders.ACKNOWLEDGMENT) @Nullable Acknowledgment ack) {
		}

		@KafkaListener(id = "messages", topics = "orders", batch = "true")
		void messages(List<Message<String>> messages) {
		}

		@KafkaListener(id = "requiredHeader", topics = "orders")
		void requiredHeader(String value, @Header(KafkaHeaders.ACKNOWLEDGMENT) Acknowledgment acknowledgment) {
		}

		@KafkaListener(id = "ackAndMessage", topics = "orders")
		void ackAndMessage(Message<String> message, Acknowledgment acknowledgment) {
		}

		@KafkaListener(id = "otherHeader", topics = "orders")
		void otherHeader(String value, @Header(KafkaHeaders.RECEIVED_TOPIC) String topic) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter {

		@Bean
		RecordFilterStrategy<Object, Object> filter() {
			return (record) -> false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AsyncListener {

		@Bean
		AsyncHandler asyncHandler() {
			return new AsyncHandler();
		}

		public static class AsyncHandler {

			@Async
			@KafkaListener(id = "async", topics = "orders")
			public void handle(String value) {
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class AsyncSupport {

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassLevel {

		@Bean
		Handler handler() {
			return new Handler();
		}

		@KafkaListener(id = "class-level", topics = "orders")
		static class Handler {

			@KafkaHandler
			void text(String value) {
			}

			@KafkaHandler(isDefault = true)
			void number(Integer value) {
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoId {

		@KafkaListener(topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserFactory {

		@Bean
		@SuppressWarnings("unchecked") // a deserializer of texts gives objects, too
		static ConsumerFactory<Object, Object> customConsumers() {
			DefaultKafkaConsumerFactory<Object, Object> factory = new DefaultKafkaConsumerFactory<>(
					Map.of("bootstrap.servers", "broker:9092", "max.poll.records", 7, "value.deserializer",
							ErrorHandlingDeserializer.class, "spring.deserializer.value.delegate.class",
							StringDeserializer.class.getName()));
			factory.setKeyDeserializer(
					new ErrorHandlingDeserializer<>((Deserializer<Object>) (Deserializer<?>) new StringDeserializer()));
			return factory;
		}

		@Bean
		static ConcurrentKafkaListenerContainerFactory<Object, Object> customFactory(
				ConsumerFactory<Object, Object> customConsumers) {
			ConcurrentKafkaListenerContainerFactory<Object, Object> factory = new ConcurrentKafkaListenerContainerFactory<>();
			factory.setConsumerFactory(customConsumers);
			factory.setAutoStartup(false);
			return factory;
		}

		@KafkaListener(id = "custom", topics = "orders", containerFactory = "customFactory")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ContainerBean {

		@Bean
		KafkaMessageListenerContainer<Object, Object> ordersContainer(
				ConsumerFactory<Object, Object> kafkaConsumerFactory) {
			ContainerProperties properties = new ContainerProperties("orders");
			properties.setMessageListener((MessageListener<Object, Object>) (record) -> {
			});
			properties.getKafkaConsumerProperties().setProperty("max.poll.records", "5");
			KafkaMessageListenerContainer<Object, Object> container = new KafkaMessageListenerContainer<>(
					kafkaConsumerFactory, properties);
			container.setAutoStartup(false);
			return container;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Retries {

		@RetryableTopic(attempts = "3", backOff = @BackOff(delay = 1000, multiplier = 2), autoCreateTopics = "false")
		@KafkaListener(id = "retried", topics = "orders")
		void handle(String value) {
		}

		@DltHandler
		void dead(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Share {

		@Bean
		static DefaultShareConsumerFactory<Object, Object> shareConsumers() {
			return new DefaultShareConsumerFactory<>(Map.of("bootstrap.servers", "broker:9092", "key.deserializer",
					StringDeserializer.class, "value.deserializer", StringDeserializer.class));
		}

		@Bean
		static ShareKafkaListenerContainerFactory<Object, Object> shareFactory(
				DefaultShareConsumerFactory<Object, Object> shareConsumers) {
			ShareKafkaListenerContainerFactory<Object, Object> factory = new ShareKafkaListenerContainerFactory<>(
					shareConsumers);
			factory.setAutoStartup(false);
			return factory;
		}

		@Bean
		static ShareKafkaListenerContainerFactory<Object, Object> implicitFactory(
				DefaultShareConsumerFactory<Object, Object> shareConsumers) {
			ShareKafkaListenerContainerFactory<Object, Object> factory = new ShareKafkaListenerContainerFactory<>(
					shareConsumers);
			factory.setAutoStartup(false);
			factory.getContainerProperties().setShareAckMode(ContainerProperties.ShareAckMode.IMPLICIT);
			factory.setShareConsumerRecordRecoverer(ShareConsumerRecordRecoverer.RELEASING);
			return factory;
		}

		@KafkaListener(id = "shared", topics = "orders", containerFactory = "shareFactory")
		void handle(String value) {
		}

		@KafkaListener(id = "sharedImplicitly", topics = "orders", containerFactory = "implicitFactory")
		void handleImplicitly(String value) {
		}

	}

}
