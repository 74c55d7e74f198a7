package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.rules.UsedTopics.Use;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsedTopics} and {@link ListenerTopics}. */
class UsedTopicsTests {

	@Test
	void knowsWhatEachTopicIsUsedFor() {
		UsedTopics topics = only(application()
			.withListener("main", (listener) -> listener.errorHandling = handling(ErrorHandlingSetup.Kind.DEAD_LETTER))
			.withListener("retry", (listener) -> {
				listener.role = ListenerSetup.Role.AUXILIARY;
				listener.subscription = Subscription.ofTopics("orders-retry");
			})
			.withProducer("producer", (producer) -> producer.defaultTopic("invoices"))
			.withCluster((cluster) -> cluster.topic("orders").topic("invoices").missingTopic("orders-retry"))
			.build());
		assertThat(topics.uses()).containsOnlyKeys("orders", "orders-dlt", "orders-retry", "invoices");
		assertThat(topics.uses("orders", Use.CONSUMED)).isTrue();
		assertThat(topics.uses("orders", Use.RETRY, Use.PRODUCED, Use.DEAD_LETTER)).isFalse();
		assertThat(topics.uses("orders-dlt", Use.DEAD_LETTER)).isTrue();
		assertThat(topics.uses("orders-retry", Use.RETRY)).isTrue();
		assertThat(topics.existing()).extracting(TopicSetup::name).containsExactly("invoices", "orders");
		assertThat(topics.existing(Use.PRODUCED)).extracting(TopicSetup::name).containsExactly("invoices");
	}

	@Test
	void takesTheTopicsOfAssignedPartitions() {
		assertThat(only(application()
			.withListener("main",
					(listener) -> listener.subscription = new Subscription(List.of(), null,
							List.of("my-orders-0", "my-orders-1")))
			.withCluster((cluster) -> cluster.topic("my-orders"))
			.build()).uses()).containsOnlyKeys("my-orders");
	}

	@Test
	void countsATopicOnceHoweverOftenItIsNamed() {
		assertThat(ListenerTopics.of(application()
			.withListener("main",
					(listener) -> listener.subscription = new Subscription(List.of(), null,
							List.of("orders-0", "orders-1")))
			.withCluster((cluster) -> cluster.topic("orders"))
			.build())).singleElement().satisfies((topics) -> {
				assertThat(topics.subscribed()).containsExactly("orders");
				assertThat(topics.partitions()).contains(3);
			});
	}

	@Test
	void takesWhatMatchesAPatternButNothingInternal() {
		assertThat(only(pattern(ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.CUSTOM, "own"))).uses())
			.containsOnlyKeys("a.orders", "b.orders", "a.orders-dlt", "a.orders-retry-0");
	}

	@Test
	void givesADeadLetterTopicNoneOfItsOwn() {
		assertThat(only(pattern(handling(ErrorHandlingSetup.Kind.DEAD_LETTER))).uses()).containsKey("b.orders-dlt")
			.doesNotContainKey("a.orders-dlt-dlt");
	}

	@Test
	void leavesOutWhatKafkaGuardrailsKeepsAwayFromItsListener() {
		UsedTopics topics = only(pattern(handling(ErrorHandlingSetup.Kind.GUARDRAILS)));
		assertThat(topics.uses("a.orders-dlt", Use.CONSUMED)).isFalse();
		assertThat(topics.uses("a.orders-retry-0", Use.CONSUMED)).isFalse();
		assertThat(topics.uses("a.orders-dlt", Use.DEAD_LETTER)).isTrue();
		assertThat(topics.uses("b.orders", Use.CONSUMED)).isTrue();
	}

	@Test
	void keepsTheTopicsOfTwoClustersApart() {
		KafkaSetup setup = application()
			.withListener("main", (listener) -> listener.errorHandling = handling(ErrorHandlingSetup.Kind.DEAD_LETTER))
			.withListener("other", (listener) -> {
				listener.code("bootstrap.servers", "other:9092");
				listener.subscription = Subscription.ofTopics("payments");
				listener.errorHandling = handling(ErrorHandlingSetup.Kind.GUARDRAILS);
			})
			.withCluster((cluster) -> {
			})
			.withCluster((cluster) -> cluster.bootstrapServers = Set.of("other:9092"))
			.build();
		assertThat(UsedTopics.of(setup)).extracting((topics) -> List.copyOf(topics.uses().keySet()))
			.containsExactly(List.of("orders"), List.of("payments", "payments-dlt"));
	}

	private static KafkaSetup pattern(ErrorHandlingSetup handling) {
		TestSetup setup = application().withListener("main", (listener) -> {
			listener.subscription = new Subscription(List.of(), ".*", List.of());
			listener.errorHandling = handling;
		});
		if (handling.kind() == ErrorHandlingSetup.Kind.GUARDRAILS) {
			setup.withListener("main-retry", (listener) -> {
				listener.role = ListenerSetup.Role.AUXILIARY;
				listener.subscription = new Subscription(List.of(), "(?:.*)-retry-[0-9]+", List.of());
			});
		}
		return setup
			.withCluster((cluster) -> cluster.topic("a.orders")
				.otherTopic("b.orders")
				.topic("a.orders-dlt")
				.topic("a.orders-retry-0")
				.topic("__consumer_offsets"))
			.build();
	}

	private static ErrorHandlingSetup handling(ErrorHandlingSetup.Kind kind) {
		return new ErrorHandlingSetup(kind, "then dead-letter", null,
				new DeadLetterSetup(DeadLetterSetup.SOURCE_TOPIC + "-dlt", null, null), List.of());
	}

	private static UsedTopics only(KafkaSetup setup) {
		List<UsedTopics> topics = UsedTopics.of(setup).toList();
		assertThat(topics).hasSize(1);
		return topics.get(0);
	}

}
