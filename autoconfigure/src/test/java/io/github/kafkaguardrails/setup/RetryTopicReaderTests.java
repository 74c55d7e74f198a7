package io.github.kafkaguardrails.setup;

import java.util.List;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.retrytopic.DltStrategy;

import io.github.kafkaguardrails.setup.RetryTopicSetup.CreatedTopic;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetryTopicReader}. */
class RetryTopicReaderTests {

	private final ApplicationContextRunner runner = ReaderRunner.runner()
		.withUserConfiguration(Retried.class)
		.withPropertyValues("spring.kafka.consumer.group-id=billing");

	@Test
	void followsTheTopicsToTheirEnd() {
		ReaderRunner.picture(this.runner, (setup) -> {
			assertThat(ReaderRunner.listener(setup, "created").retryTopics())
				.isEqualTo(new RetryTopicSetup(true, List.of(new CreatedTopic("orders-retry-1000", 3, 2),
						new CreatedTopic("orders-retry-2000", 3, 2), new CreatedTopic("orders-dlt", 3, 2))));
			assertThat(ReaderRunner.listener(setup, "defaults").retryTopics()).isEqualTo(new RetryTopicSetup(true,
					List.of(new CreatedTopic("invoices-retry", 1, RetryTopicSetup.BROKER_DEFAULT),
							new CreatedTopic("invoices-dlt", 1, RetryTopicSetup.BROKER_DEFAULT))));
			assertThat(ReaderRunner.listener(setup, "endless").retryTopics())
				.isEqualTo(new RetryTopicSetup(false, List.of()));
			assertThat(ReaderRunner.listener(setup, "plain").retryTopics()).isNull();
		});
	}

	@Test
	void prefersATopicThatTheApplicationDeclares() {
		ReaderRunner.picture(this.runner.withBean(NewTopic.class, () -> new NewTopic("invoices-dlt", 12, (short) 3)),
				(setup) -> assertThat(ReaderRunner.listener(setup, "defaults").retryTopics())
					.isEqualTo(new RetryTopicSetup(true, List.of(new CreatedTopic("invoices-retry", 1, -1),
							new CreatedTopic("invoices-dlt", 12, 3)))));
	}

	@Test
	void looksIntoListsOfTopics() {
		ReaderRunner.picture(
				this.runner.withBean(KafkaAdmin.NewTopics.class,
						() -> new KafkaAdmin.NewTopics(new NewTopic("invoices-retry", 6, (short) 3))),
				(setup) -> assertThat(ReaderRunner.listener(setup, "defaults").retryTopics())
					.isEqualTo(new RetryTopicSetup(true, List.of(new CreatedTopic("invoices-retry", 6, 3),
							new CreatedTopic("invoices-dlt", 1, -1)))));
	}

	@Test
	void seesTheRetryTopicsOfSpringBoot() {
		ReaderRunner.picture(
				ReaderRunner.runner()
					.withUserConfiguration(Plain.class)
					.withPropertyValues("spring.kafka.retry.topic.enabled=true"),
				(setup) -> assertThat(ReaderRunner.listener(setup, "plain").retryTopics())
					.isEqualTo(new RetryTopicSetup(true, List.of())));
	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@KafkaListener(id = "plain", topics = "plain")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Retried extends Plain {

		@RetryableTopic(attempts = "3", backOff = @BackOff(delay = 1000, multiplier = 2), numPartitions = "3",
				replicationFactor = "2")
		@KafkaListener(id = "created", topics = "orders")
		void created(String value) {
		}

		@RetryableTopic
		@KafkaListener(id = "defaults", topics = "invoices")
		void defaults(String value) {
		}

		@RetryableTopic(autoCreateTopics = "false", dltStrategy = DltStrategy.NO_DLT)
		@KafkaListener(id = "endless", topics = "payments")
		void endless(String value) {
		}

	}

}
