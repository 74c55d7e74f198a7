package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerCompetingListeners}. */
class ListenerCompetingListenersTests {

	private final ListenerCompetingListeners rule = new ListenerCompetingListeners();

	@Test
	void flagsTwoMethodsWithOneTopicAndOneGroup() {
		assertThat(check((audit) -> {
		})).extracting((finding) -> finding.subject().name()).containsExactly("orders", "audit");
	}

	@Test
	void ignoresDifferentGroups() {
		assertThat(check((audit) -> audit.groupId = "audit")).isEmpty();
	}

	@Test
	void ignoresDifferentTopics() {
		assertThat(check((audit) -> audit.subscription = Subscription.ofTopics("invoices"))).isEmpty();
	}

	@Test
	void ignoresRepeatedAnnotationsOnOneMethod() {
		assertThat(check((audit) -> audit.place = "com.example.Orders#handle")).isEmpty();
	}

	@Test
	void ignoresManuallyAssignedPartitions() {
		assertThat(check((audit) -> audit.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
	}

	@Test
	void ignoresListenersWithoutGroup() {
		KafkaSetup setup = application().withListener("one", (listener) -> {
			listener.groupId = null;
			listener.place = "com.example.One#handle";
		}).withListener("two", (listener) -> listener.groupId = null).build();
		assertThat(this.rule.check(setup)).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check((audit) -> audit.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void flagsAPatternThatMatchesATopicOfTheOther() {
		assertThat(check((audit) -> audit.subscription = new Subscription(List.of(), "ord.*", List.of()))).hasSize(2);
	}

	@Test
	void ignoresAPatternThatMatchesOnlyAPartOfTheName() {
		assertThat(check((audit) -> audit.subscription = new Subscription(List.of(), "order", List.of()))).isEmpty();
	}

	@Test
	void flagsTwoListenersWithOnePattern() {
		Consumer<ListenerBuilder> pattern = (
				listener) -> listener.subscription = new Subscription(List.of(), "ord.*", List.of());
		KafkaSetup setup = application().withListener("orders", pattern).withListener("audit", (audit) -> {
			audit.place = "com.example.Audit#handle";
			pattern.accept(audit);
		}).build();
		assertThat(this.rule.check(setup)).hasSize(2);
	}

	@Test
	void namesAllSharedTopicsOfTheSameListenersOnce() {
		Consumer<ListenerBuilder> topics = (
				listener) -> listener.subscription = Subscription.ofTopics("orders", "invoices");
		KafkaSetup setup = application().withListener("orders", topics).withListener("audit", (audit) -> {
			audit.place = "com.example.Audit#handle";
			topics.accept(audit);
		}).build();
		assertThat(this.rule.check(setup)).hasSize(2)
			.allSatisfy((finding) -> assertThat(finding.harm()).startsWith("The records of orders, invoices are"));
	}

	@Test
	void namesAPlaceOnceHoweverManyContainersItHas() {
		KafkaSetup setup = application().withListener("one", (listener) -> {
		}).withListener("two", (listener) -> {
		}).withListener("audit", (audit) -> audit.place = "com.example.Audit#handle").build();
		assertThat(this.rule.check(setup)).hasSize(3)
			.allSatisfy((finding) -> assertThat(finding.harm())
				.contains("between com.example.Orders#handle and com.example.Audit#handle:"));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		List<Finding> findings = check((audit) -> {
		});
		assertThat(findings).hasSize(2).allSatisfy((finding) -> {
			assertThat(finding.evidence()).extracting(ConfigValue::toString)
				.containsExactly("group of 'orders' = billing (com.example.Orders#handle)",
						"group of 'audit' = billing (com.example.Audit#handle)");
			assertThat(finding.harm()).isEqualTo(
					"The records of orders are divided between com.example.Orders#handle and com.example.Audit#handle: each sees only a part of them.");
			assertThat(finding.fixes()).singleElement()
				.satisfies((fix) -> assertThat(fix.text()).contains("@KafkaListener(groupId = "));
		});
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withListener("orders", (listener) -> {
		}).withListener("audit", (audit) -> {
			audit.place = "com.example.Audit#handle";
			customizer.accept(audit);
		}).build());
	}

}
