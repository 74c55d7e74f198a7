package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.Subscription;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicPatternMatches}. */
class TopicPatternMatchesTests {

	@Test
	void flagsTopicsOfFailingRecordsThatExist() {
		Finding finding = check(Kind.CUSTOM, "orders.*", "orders", "orders-dlt", "orders-retry-1", "orders-audit-dlt")
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("topicPattern = orders.* (com.example.Orders#handle)",
					"matches = orders-audit-dlt, orders-dlt, orders-retry-1 (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("as if they were new");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).endsWith("topicPattern = \"orders\\\\.[a-z]+\""));
	}

	@Test
	void ignoresTopicsThatOnlyLookSimilar() {
		assertThat(check(Kind.CUSTOM, "orders.*", "orders", "orders-eu", "ordersdlt", "payments-dlt")).isEmpty();
		assertThat(check(Kind.CUSTOM, "orders", "orders", "orders-dlt")).isEmpty();
	}

	@Test
	void flagsTheListenersOwnDeadLetterTopicBeforeItExists() {
		assertThat(check(Kind.DEAD_LETTER, "orders.*", "orders")).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).last()
				.hasToString("matches = orders-dlt (com.example.Orders#handle)"));
		assertThat(check(Kind.DEAD_LETTER, "orders|payments", "orders")).isEmpty();
	}

	@Test
	void ignoresTheOwnTopicsThatKafkaGuardrailsKeepsAway() {
		assertThat(check(Kind.GUARDRAILS, "orders.*", "orders", "orders-dlt")).isEmpty();
		assertThat(check(Kind.GUARDRAILS, "orders.*", "orders", "orders-audit-dlt")).hasSize(1);
	}

	@Test
	void ignoresNamedTopics() {
		assertThat(
				TopicPatternMatches
					.findings(
							application()
								.withListener("one",
										(listener) -> listener.subscription = Subscription.ofTopics("orders",
												"orders-dlt"))
								.withCluster((cluster) -> cluster.topic("orders").topic("orders-dlt"))
								.build()))
			.isEmpty();
	}

	@Test
	void isUnknownWhenTheNamesCouldNotBeRead() {
		assertThat(
				TopicPatternMatches
					.findings(application()
						.withListener("one",
								(listener) -> listener.subscription = new Subscription(List.of(), "orders.*",
										List.of()))
						.withCluster((cluster) -> cluster.topicNamesProblem = "no permission")
						.build()))
			.extracting(Finding::checked)
			.containsExactly(false);
	}

	private static List<Finding> check(Kind kind, String pattern, String... topics) {
		return TopicPatternMatches.findings(application().withListener("one", (listener) -> {
			listener.subscription = new Subscription(List.of(), pattern, List.of());
			listener.errorHandling = new ErrorHandlingSetup(kind, "handled", null,
					(kind == Kind.CUSTOM) ? null : new DeadLetterSetup("<topic>-dlt", null, null), List.of());
		}).withCluster((cluster) -> List.of(topics).forEach(cluster::otherTopic)).build()).toList();
	}

}
