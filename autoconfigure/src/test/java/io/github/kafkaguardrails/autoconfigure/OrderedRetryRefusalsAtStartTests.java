package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.TopicPartition;

import io.github.kafkaguardrails.errorhandling.blockingretry.BlockingRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryAutoConfiguration;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.Severity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ordered retry is refused when the application starts wherever its promise could not be
 * kept.
 */
class OrderedRetryRefusalsAtStartTests {

	private static final String RULE = "guardrails-error-handling-unsupported";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class,
				KafkaGuardrailsAutoConfiguration.class, ErrorHandlingAutoConfiguration.class,
				BlockingRetryAutoConfiguration.class, OrderedRetryAutoConfiguration.class,
				DeadLetterAutoConfiguration.class))
		.withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.consumer.group-id=billing",
				"spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.admin.auto-create=false",
				"kafka.guardrails.listeners.orders-listener.retry.mode=ordered", "kafka.guardrails.enforcement=warn");

	static Stream<Arguments> refused() {
		return Stream.of(
				Arguments.of(RecordListener.class, "spring.kafka.consumer.enable-auto-commit=true",
						"cannot work with enable.auto.commit"),
				Arguments.of(RecordListener.class, "spring.kafka.listener.type=batch",
						"cannot work with a batch listener"),
				Arguments.of(RecordListener.class, "spring.kafka.producer.transaction-id-prefix=tx-",
						"cannot work in a transactional container"),
				Arguments.of(RecordListener.class, "spring.kafka.listener.async-acks=true",
						"asynchronous return type or async-acks"),
				Arguments.of(FutureListener.class, "", "asynchronous return type or async-acks"),
				Arguments.of(PartitionListener.class, "", "name topics instead of topicPartitions"));
	}

	@ParameterizedTest
	@MethodSource
	void refused(Class<?> listener, String property, String text) {
		this.runner.withBean(listener)
			.withPropertyValues(property.isEmpty() ? new String[0] : new String[] { property })
			.run((context) -> assertThat(refusals(context.getBean(PitfallInspection.class))).singleElement()
				.asString()
				.contains("retry.mode 'ordered'", text, "retry.mode 'blocking'"));
	}

	@ParameterizedTest
	@MethodSource
	void taken(String property) {
		this.runner.withBean(RecordListener.class)
			.withPropertyValues(property)
			.run((context) -> assertThat(refusals(context.getBean(PitfallInspection.class))).isEmpty());
	}

	static Stream<String> taken() {
		return Stream.of("spring.kafka.listener.ack-mode=manual-immediate",
				"spring.kafka.consumer.enable-auto-commit=false");
	}

	private static List<String> refusals(PitfallInspection inspection) {
		return inspection.latest()
			.report()
			.violations()
			.stream()
			.filter((finding) -> finding.rule().equals(RULE))
			.filter((finding) -> finding.severity() == Severity.ERROR)
			.map(String::valueOf)
			.toList();
	}

	static class RecordListener {

		@KafkaListener(id = "orders-listener", idIsGroup = false, topics = "orders")
		void handle(String order) {
		}

	}

	static class FutureListener {

		@KafkaListener(id = "orders-listener", idIsGroup = false, topics = "orders")
		CompletableFuture<Void> handle(String order) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class PartitionListener {

		@KafkaListener(id = "orders-listener", idIsGroup = false,
				topicPartitions = @TopicPartition(topic = "orders", partitions = "0"))
		void handle(String order) {
		}

	}

}
