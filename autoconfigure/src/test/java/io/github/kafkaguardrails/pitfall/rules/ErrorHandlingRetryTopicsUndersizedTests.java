package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.RetryTopicSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingRetryTopicsUndersized}. */
class ErrorHandlingRetryTopicsUndersizedTests {

	private final ErrorHandlingRetryTopicsUndersized rule = new ErrorHandlingRetryTopicsUndersized();

	@Test
	void flagsOneReplica() {
		assertThat(check(3, 1, (listener) -> {
		})).hasSize(1);
		assertThat(check(3, 2, (listener) -> {
		})).isEmpty();
		assertThat(check(3, RetryTopicSetup.BROKER_DEFAULT, (listener) -> {
		})).isEmpty();
	}

	@Test
	void flagsOnePartitionForSeveralConsumers() {
		assertThat(check(1, 3, (listener) -> listener.concurrency = 2)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.isEqualTo("The listener has 2 consumers, and all of their retries queue up in one partition."));
		assertThat(check(1, 3, (listener) -> {
		})).isEmpty();
		assertThat(check(RetryTopicSetup.BROKER_DEFAULT, 3, (listener) -> listener.concurrency = 2)).isEmpty();
	}

	@Test
	void reportsBoth() {
		assertThat(check(1, 1, (listener) -> listener.concurrency = 2)).hasSize(2);
	}

	@Test
	void ignoresOneReplicaInDevelopment() {
		TestSetup setup = application().withListener("orders-listener", (listener) -> retried(listener, 3, 1));
		assertThat(this.rule.check(setup.build())).hasSize(1);
		setup.development = true;
		assertThat(this.rule.check(setup.build())).isEmpty();
	}

	@Test
	void ignoresTopicsThatTheApplicationDoesNotCreate() {
		assertThat(check(1, 1, (listener) -> listener.retryTopics = new RetryTopicSetup(true, List.of()))).isEmpty();
		assertThat(check(1, 1, (listener) -> listener.retryTopics = null)).isEmpty();
	}

	@Test
	void reportsTheMainListenerOnly() {
		assertThat(check(1, 1, (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void flagsRetryTopicsThatTheClusterDoesNotHave() {
		assertThat(new ErrorHandlingRetryTopicsUndersized().check(application()
			.withListener("orders-listener", (listener) -> listener.subscription = Subscription.ofTopics("orders"))
			.withListener("orders-retry", (listener) -> {
				listener.role = ListenerSetup.Role.AUXILIARY;
				listener.errorHandling = ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.RETRY_TOPIC, "retry topic");
				listener.subscription = Subscription.ofTopics("orders-retry");
			})
			.withCluster((cluster) -> cluster.topic("orders").missingTopic("orders-retry"))
			.build())).hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(3, 1, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("replicationFactor of orders-retry, orders-dlt = 1 (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("The only copy of a record");
		assertThat(finding.fixes()).containsExactly(
				Fix.action("@RetryableTopic(replicationFactor = \"3\", ...), or declare the topics as NewTopic beans"));
	}

	private List<Finding> check(int partitions, int replicas, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			retried(listener, partitions, replicas);
			customizer.accept(listener);
		}));
	}

	private static void retried(ListenerBuilder listener, int partitions, int replicas) {
		listener.errorHandling = ErrorHandlingSetup.of(Kind.RETRY_TOPIC, "retry topics");
		listener.retryTopics = new RetryTopicSetup(true,
				List.of(new RetryTopicSetup.CreatedTopic("orders-retry", partitions, replicas),
						new RetryTopicSetup.CreatedTopic("orders-dlt", partitions, replicas)));
	}

}
