package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Tests for {@link ClusterQuestions}. */
class ClusterQuestionsTests {

	private static final Set<String> NOTHING = Set.of();

	@Test
	void asksNothingOfAnApplicationWithoutClients() {
		assertThat(ClusterQuestions.of(application().build())).isEmpty();
	}

	@Test
	void asksEachSetOfAddressesOnceWhateverTheirOrder() {
		KafkaSetup setup = application()
			.withListener("one", (listener) -> listener.code("bootstrap.servers", "a:9092,b:9092"))
			.withListener("two", (listener) -> listener.code("bootstrap.servers", List.of("b:9092", "a:9092")))
			.withProducer("other", (producer) -> producer.code("bootstrap.servers", "c:9092"))
			.build();
		assertThat(ClusterQuestions.of(setup)).extracting(ClusterQuestions::bootstrapServers)
			.containsExactly(Set.of("a:9092", "b:9092"), Set.of("c:9092"));
	}

	@Test
	void leavesOutClientsThatSpringMadeAndNobodyPointedAnywhere() {
		KafkaSetup setup = application()
			.withListener("own", (listener) -> listener.code("bootstrap.servers", "kafka:9092"))
			.withProducer("kafkaProducerFactory",
					(producer) -> producer.framework("bootstrap.servers", "localhost:9092"))
			.withConsumer("kafkaConsumerFactory",
					(consumer) -> consumer.framework("bootstrap.servers", "localhost:9092"))
			.withAdmin("kafkaAdmin", (admin) -> admin.framework("bootstrap.servers", "localhost:9092"))
			.build();
		assertThat(ClusterQuestions.of(setup)).extracting(ClusterQuestions::bootstrapServers)
			.containsExactly(Set.of("kafka:9092"));
	}

	@Test
	void asksTheDefaultClusterWhenThereIsNoOther() {
		KafkaSetup setup = application().withProducer("kafkaProducerFactory", (producer) -> {
		}).build();
		assertThat(ClusterQuestions.of(setup)).extracting(ClusterQuestions::bootstrapServers)
			.containsExactly(Set.of("localhost:9092"));
	}

	@Test
	void connectsLikeAListenerBeforeAllOthers() {
		KafkaSetup setup = application()
			.withAdmin("kafkaAdmin",
					(admin) -> admin.code("bootstrap.servers", "localhost:9092").code("sasl.mechanism", "GSSAPI"))
			.withListener("main", (listener) -> listener.code("sasl.mechanism", "PLAIN"))
			.build();
		ClusterQuestions questions = single(setup);
		assertThat(questions.client().string("sasl.mechanism")).isEqualTo("PLAIN");
		assertThat(questions.oneIdentity()).isFalse();
	}

	@Test
	void seesOneIdentityWhenAllConnectAlike() {
		KafkaSetup setup = application().withListener("one", (listener) -> listener.code("sasl.mechanism", "PLAIN"))
			.withListener("two", (listener) -> listener.code("sasl.mechanism", "PLAIN").code("max.poll.records", 1))
			.build();
		assertThat(single(setup).oneIdentity()).isTrue();
	}

	@Test
	void asksForTopicsAndThoseOfTheClusterItself() {
		assertThat(single(listener((listener) -> listener.subscription = Subscription.ofTopics("orders", "payments")))
			.topics(NOTHING)).containsExactlyInAnyOrder("orders", "payments", "__consumer_offsets",
					"__transaction_state", "__share_group_state");
	}

	@Test
	void asksForTheTopicsOfPartitionsAssignedByHand() {
		assertThat(topics(listener((listener) -> listener.subscription = new Subscription(List.of(), null,
				List.of("orders-eu-0", "orders-eu-1")))))
			.containsExactly("orders-eu");
	}

	@Test
	void asksForTheTopicsThatAPatternMatches() {
		KafkaSetup setup = listener((listener) -> listener.subscription = pattern("orders\\..*"));
		assertThat(topics(setup, "orders.eu", "orders.us", "all.orders.eu")).containsExactlyInAnyOrder("orders.eu",
				"orders.us");
	}

	@Test
	void keepsThePatternOfEverythingAwayFromTheClustersOwnTopics() {
		KafkaSetup setup = listener((listener) -> {
			listener.subscription = pattern(".*");
			listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.GUARDRAILS, "<topic>-dlt");
		});
		assertThat(single(setup).topics(Set.of("__consumer_offsets"))).doesNotContain("__consumer_offsets-dlt");
	}

	@Test
	void asksForDeadLetterTopics() {
		KafkaSetup setup = listener((listener) -> {
			listener.subscription = Subscription.ofTopics("orders", "payments");
			listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.GUARDRAILS, "<topic>-billing-dlt");
		});
		assertThat(topics(setup)).containsExactlyInAnyOrder("orders", "orders-billing-dlt", "payments",
				"payments-billing-dlt");
	}

	@Test
	void asksForNoDeadLetterTopicThatCodeChooses() {
		KafkaSetup setup = listener(
				(listener) -> listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.DEAD_LETTER,
						DeadLetterSetup.TOPIC_SET_IN_CODE));
		assertThat(topics(setup)).containsExactly("orders");
	}

	@Test
	void asksForNoDeadLetterTopicOfADeadLetterTopic() {
		KafkaSetup setup = listener((listener) -> {
			listener.subscription = pattern("orders.*");
			listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.GUARDRAILS, "<topic>-dlt");
		});
		assertThat(topics(setup, "orders", "orders-dlt")).containsExactlyInAnyOrder("orders", "orders-dlt");
	}

	@Test
	void asksForNoDeadLetterTopicOfARetryContainer() {
		KafkaSetup setup = listener((listener) -> {
			listener.role = ListenerSetup.Role.AUXILIARY;
			listener.subscription = Subscription.ofTopics("orders-retry");
			listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.GUARDRAILS, "<topic>-dlt");
		});
		assertThat(topics(setup)).containsExactly("orders-retry");
	}

	@Test
	void doesNotGuessInWhichOfSeveralClustersAUsersDeadLettersAre() {
		KafkaSetup setup = application()
			.withListener("users",
					(listener) -> listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.DEAD_LETTER,
							"<topic>-dlt"))
			.withListener("ours", (listener) -> {
				listener.subscription = Subscription.ofTopics("payments");
				listener.errorHandling = deadLetter(ErrorHandlingSetup.Kind.GUARDRAILS, "<topic>-dlt");
			})
			.withProducer("elsewhere", (producer) -> producer.code("bootstrap.servers", "other:9092"))
			.build();
		ClusterQuestions local = ClusterQuestions.of(setup).get(0);
		assertThat(local.topics(NOTHING)).contains("orders", "payments", "payments-dlt").doesNotContain("orders-dlt");
	}

	@Test
	void asksForTheTopicsThatTemplatesSendToByDefault() {
		KafkaSetup setup = application().withProducer("here", (producer) -> producer.defaultTopic("invoices"))
			.withProducer("elsewhere",
					(producer) -> producer.defaultTopic("audit").code("bootstrap.servers", "other:9092"))
			.withListener("orders", (listener) -> {
			})
			.build();
		assertThat(ClusterQuestions.of(setup)).extracting(ClusterQuestions::named)
			.containsExactly(Set.of("invoices"), Set.of("audit"));
		assertThat(ClusterQuestions.of(setup).get(0).topics(NOTHING)).contains("orders", "invoices");
	}

	@Test
	void asksForDeclaredTopicsWhereAnAdminCreatesThem() {
		TestSetup setup = application().withTopic("orders", 3, Map.of())
			.withAdmin("kafkaAdmin", (admin) -> admin.code("bootstrap.servers", "here:9092"))
			.withProducer("elsewhere", (producer) -> producer.code("bootstrap.servers", "other:9092"));
		assertThat(ClusterQuestions.of(setup.build()))
			.extracting(ClusterQuestions::bootstrapServers, ClusterQuestions::named)
			.containsExactlyInAnyOrder(tuple(Set.of("here:9092"), Set.of("orders")),
					tuple(Set.of("other:9092"), Set.of()));
	}

	@Test
	void asksForTheInternalTopicsOfStreams() {
		KafkaSetup setup = streams("shop").build();
		assertThat(
				topics(setup, "shop-store-changelog", "shop-by-key-repartition", "shop-orders", "shopping-changelog"))
			.containsExactlyInAnyOrder("shop-store-changelog", "shop-by-key-repartition");
		assertThat(single(setup).groups(NOTHING)).containsOnlyKeys("shop");
	}

	@Test
	void asksForGroupsWithAllTopicsOfAllTheirListeners() {
		KafkaSetup setup = application().withListener("one", (listener) -> {
		})
			.withListener("two", (listener) -> listener.subscription = Subscription.ofTopics("payments"))
			.withListener("three", (listener) -> listener.groupId = "shipping")
			.build();
		assertThat(single(setup).groups(NOTHING)).hasSize(2)
			.hasEntrySatisfying("billing",
					(group) -> assertThat(group.topics()).containsExactlyInAnyOrder("orders", "payments"))
			.hasEntrySatisfying("shipping", (group) -> assertThat(group.topics()).containsExactly("orders"));
	}

	@Test
	void asksForNoGroupWhereThereIsNone() {
		KafkaSetup setup = application().withListener("none", (listener) -> listener.groupId = null)
			.withListener("share", (listener) -> listener.type = ContainerSetup.Type.SHARE)
			.build();
		assertThat(single(setup).groups(NOTHING)).isEmpty();
	}

	@Test
	void leavesOutTheTopicsThatAGroupIsAssignedByHand() {
		KafkaSetup setup = listener(
				(listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0")));
		assertThat(single(setup).groups(NOTHING)).hasEntrySatisfying("billing",
				(group) -> assertThat(group.topics()).isEmpty());
	}

	@Test
	void asksForTheAgeFromWhichAGroupStarts() {
		assertThat(ages("by_duration:PT36H")).containsExactlyInAnyOrder(Duration.ofHours(36), Duration.ofHours(1),
				Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));
		assertThat(ages("by_duration:tomorrow")).isEqualTo(ClusterQuestions.AGES);
		assertThat(ages("earliest")).isEqualTo(ClusterQuestions.AGES);
	}

	private static Set<Duration> ages(String reset) {
		KafkaSetup setup = listener((listener) -> listener.code("auto.offset.reset", reset));
		return Objects.requireNonNull(single(setup).groups(NOTHING).get("billing")).ages();
	}

	private static Set<String> topics(KafkaSetup setup, String... existing) {
		Set<String> topics = single(setup).topics(Set.of(existing));
		topics.removeAll(ClusterQuestions.INTERNAL_TOPICS);
		return topics;
	}

	private static ClusterQuestions single(KafkaSetup setup) {
		assertThat(ClusterQuestions.of(setup)).hasSize(1);
		return ClusterQuestions.of(setup).get(0);
	}

	private static TestSetup streams(String applicationId) {
		return application().withStreams("streams",
				(streams) -> streams.code("application.id", applicationId).code("bootstrap.servers", "localhost:9092"));
	}

	private static Subscription pattern(String pattern) {
		return new Subscription(List.of(), pattern, List.of());
	}

	private static ErrorHandlingSetup deadLetter(ErrorHandlingSetup.Kind kind, String topic) {
		return new ErrorHandlingSetup(kind, "dead letter", null, new DeadLetterSetup(topic, null, null), List.of());
	}

}
