package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Tests for {@link DeclaredTopicReader}. */
class DeclaredTopicReaderTests {

	@Test
	void describesTopicsThatBeansDeclare() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(Topics.class),
				(setup) -> assertThat(setup.topics()).containsExactly(
						new DeclaredTopicSetup("orders", "orders", 6, 3, Map.of("retention.ms", "100")),
						new DeclaredTopicSetup("assigned", "assigned", 2, 2, Map.of()),
						new DeclaredTopicSetup("several", "one", DeclaredTopicSetup.BROKER_DEFAULT,
								DeclaredTopicSetup.BROKER_DEFAULT, Map.of()),
						new DeclaredTopicSetup("several", "two", 1, 1, Map.of())));
	}

	@Test
	void describesTheTopicsOfRetriesUnlessABeanDeclaresThem() {
		ReaderRunner.picture(ReaderRunner.runner().withUserConfiguration(Retries.class),
				(setup) -> assertThat(setup.topics())
					.extracting(DeclaredTopicSetup::name, DeclaredTopicSetup::replicationFactor)
					.contains(tuple("payments-retry", 2), tuple("payments-dlt", 3))
					.doesNotHaveDuplicates());
	}

	@Configuration(proxyBeanMethods = false)
	static class Topics {

		@Bean
		NewTopic orders() {
			return TopicBuilder.name("orders").partitions(6).replicas(3).config("retention.ms", "100").build();
		}

		@Bean
		NewTopic assigned() {
			return new NewTopic("assigned", Map.of(0, List.of(1, 2, 3), 1, List.of(1, 2)));
		}

		@Bean
		NewTopics several() {
			return new NewTopics(TopicBuilder.name("one").build(),
					TopicBuilder.name("two").partitions(1).replicas(1).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Retries {

		@Bean
		NewTopic dlt() {
			return TopicBuilder.name("payments-dlt").partitions(6).replicas(3).build();
		}

		@RetryableTopic(attempts = "2", replicationFactor = "2")
		@KafkaListener(id = "payments", topics = "payments")
		void handle(String value) {
		}

	}

}
