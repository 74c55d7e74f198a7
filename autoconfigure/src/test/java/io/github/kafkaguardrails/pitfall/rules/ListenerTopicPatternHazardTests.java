package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerTopicPatternHazard}. */
class ListenerTopicPatternHazardTests {

	private final ListenerTopicPatternHazard rule = new ListenerTopicPatternHazard();

	private static final String RESET = "spring.kafka.consumer.auto-offset-reset";

	@ParameterizedTest
	@ValueSource(strings = { "orders.*", "orders-.+", ".*", "a|orders.*" })
	void flagsPatternsThatMatchWhateverFollows(String pattern) {
		assertThat(deadLetters(pattern, "<topic>-dlt")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders\\.*", "orders", "(?!.*-dlt$)orders.*", "orders.*(?<!-dlt)", "orders-[a-z]+" })
	void ignoresPatternsThatDoNot(String pattern) {
		assertThat(deadLetters(pattern, "<topic>-dlt")).isEmpty();
	}

	@Test
	void triesTheTopicsThatItKnows() {
		assertThat(deadLetters("orders-[a-z-]+", "<topic>-dlt")).isEmpty();
		assertThat(this.rule.check(application().withListener("eu", (listener) -> {
			listener.subscription = Subscription.ofTopics("orders-eu");
			listener.code("auto.offset.reset", "earliest");
		}).withListener("orders-listener", (listener) -> pattern(listener, "orders-[a-z-]+", "<topic>-dlt")).build()))
			.hasSize(1);
	}

	@Test
	void ignoresDeadLettersOfAnotherName() {
		assertThat(deadLetters("orders.*", DeadLetterSetup.TOPIC_SET_IN_CODE)).isEmpty();
	}

	@Test
	void ignoresDeadLettersThatGuardrailsKeepsAway() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.GUARDRAILS, "dead-letter")))
			.isEmpty();
	}

	@Test
	void flagsAPatternThatIsReadFromTheEnd() {
		assertThat(check((listener) -> listener.code("auto.offset.reset", "latest"))).hasSize(1);
		assertThat(check((listener) -> listener.code("auto.offset.reset", "none"))).isEmpty();
	}

	@Test
	void ignoresAGroupThatIsNewAtEachStart() {
		assertThat(check((listener) -> listener.code("auto.offset.reset", "latest")
			.value(new ConfigValue("group.id", "a1", "${random.value}", ValueOrigin.code("test"))))).isEmpty();
	}

	@Test
	void flagsInternalTopicsThatMatch() {
		assertThat(check((listener) -> {
			listener.code("exclude.internal.topics", false);
			listener.subscription = new Subscription(List.of(), ".*", List.of());
		})).singleElement().satisfies((finding) -> assertThat(finding.harm()).contains("internal topics"));
		assertThat(check((listener) -> listener.code("exclude.internal.topics", false))).isEmpty();
		assertThat(check((listener) -> listener.subscription = new Subscription(List.of(), ".*", List.of()))).isEmpty();
	}

	@Test
	void ignoresListenersWithoutAPattern() {
		assertThat(check((listener) -> {
			listener.code("auto.offset.reset", "latest").code("exclude.internal.topics", false);
			listener.subscription = Subscription.ofTopics("orders");
		})).isEmpty();
	}

	@Test
	void believesTheClusterOnceItIsRead() {
		assertThat(this.rule.check(application()
			.withListener("orders-listener", (listener) -> pattern(listener, "orders.*", "<topic>-dlt"))
			.withCluster((cluster) -> cluster.topic("orders"))
			.build())).singleElement()
			.satisfies(
					(finding) -> assertThat(finding.evidence()).extracting(ConfigValue::text).contains("orders-dlt"));
	}

	@Test
	void ignoresDeadLettersThatGuardrailsNamesAndFilters() {
		assertThat(check((listener) -> listener.errorHandling = new ErrorHandlingSetup(Kind.GUARDRAILS, "dead-letter",
				null, new DeadLetterSetup("<topic>-dlt", null, null), List.of())))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = deadLetters("orders.*", "<topic>-dlt").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("topic pattern = orders.* (com.example.Orders#handle)",
					"dead-letter topic = <topic>-dlt (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("its own dead letters").contains("<topic>-dlt-dlt");
		assertThat(finding.fixes()).containsExactly(Fix.action("exclude them: topicPattern = \"(?!.*-dlt$)orders.*\""));
		assertThat("orders-eu".matches("(?!.*-dlt$)orders.*")).isTrue();
		assertThat("orders-eu-dlt".matches("(?!.*-dlt$)orders.*")).isFalse();
		Finding fromTheEnd = check((listener) -> listener.property("auto.offset.reset", RESET, "latest")).get(0);
		assertThat(fromTheEnd.harm()).startsWith("A new topic is noticed up to 300000 ms after its creation");
		assertThat(fromTheEnd.fixes()).containsExactly(Fix.set(RESET, "earliest"));
	}

	private List<Finding> deadLetters(String pattern, String topic) {
		return this.rule.check(listener((listener) -> pattern(listener, pattern, topic)));
	}

	private static void pattern(ListenerBuilder listener, String pattern, String topic) {
		listener.code("auto.offset.reset", "earliest");
		listener.subscription = new Subscription(List.of(), pattern, List.of());
		listener.errorHandling = new ErrorHandlingSetup(Kind.DEAD_LETTER, "retry, then dead-letter", null,
				new DeadLetterSetup(topic, null, null), List.of());
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.code("auto.offset.reset", "earliest");
			listener.subscription = new Subscription(List.of(), "orders.*", List.of());
			customizer.accept(listener);
		}));
	}

}
