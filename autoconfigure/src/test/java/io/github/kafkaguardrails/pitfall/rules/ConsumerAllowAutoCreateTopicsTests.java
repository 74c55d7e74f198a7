package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerAllowAutoCreateTopics}. */
class ConsumerAllowAutoCreateTopicsTests {

	private static final String PROPERTY = "spring.kafka.consumer.properties.allow.auto.create.topics";

	private final ConsumerAllowAutoCreateTopics rule = new ConsumerAllowAutoCreateTopics();

	@Test
	void mentionsTheDefaultAndIgnoresAnExplicitFalse() {
		assertThat(this.rule.check(listener((listener) -> {
		}))).extracting(Finding::severity).containsExactly(Severity.INFO);
		assertThat(this.rule.check(listener((listener) -> listener.code("allow.auto.create.topics", "false"))))
			.isEmpty();
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application().withListener("orders-listener", (listener) -> {
		});
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	@Test
	void ignoresAPatternBecauseItCreatesNothing() {
		assertThat(this.rule
			.check(listener((listener) -> listener.subscription = new Subscription(List.of(), "orders.*", List.of()))))
			.isEmpty();
	}

	@Test
	void warnsWhenTheBrokerCreatesTopics() {
		assertThat(checkWithBroker("true")).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.harm()).contains("and it does");
			assertThat(finding.evidence()).extracting(Object::toString)
				.containsExactly("allow.auto.create.topics = true (Kafka client default)",
						"auto.create.topics.enable = true (broker 1)");
		});
	}

	@Test
	void isSilentWhenTheBrokerDoesNot() {
		assertThat(checkWithBroker("false")).isEmpty();
	}

	@Test
	void onlyMentionsItWhenTheBrokerHidesItsConfiguration() {
		assertThat(this.rule.check(application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> cluster.brokerConfigProblem = "no permission").build()))
			.extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	private List<Finding> checkWithBroker(String autoCreation) {
		return this.rule.check(application().withListener("one", (listener) -> {
		}).withListener("two", (listener) -> {
		}).withCluster((cluster) -> cluster.broker("auto.create.topics.enable", autoCreation)).build());
	}

	@Test
	void isSilentWithoutListeners() {
		assertThat(this.rule.check(application().build())).isEmpty();
	}

	@Test
	void mentionsAllListenersOnce() {
		List<Finding> findings = this.rule.check(application().withListener("one", (listener) -> {
		}).withListener("two", (listener) -> {
		}).withListener("three", (listener) -> listener.property("allow.auto.create.topics", PROPERTY, true)).build());
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).startsWith("3 listeners let the broker create");
			assertThat(finding.evidence()).extracting(Object::toString)
				.containsExactly("allow.auto.create.topics = true (Kafka client default)",
						"allow.auto.create.topics = true (" + TestSetup.FILE + ")");
			assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, false));
		});
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(listener((listener) -> {
		})).get(0);
		assertThat(finding.subject()).isEqualTo(Subject.APPLICATION);
		assertThat(finding.evidence()).singleElement()
			.hasToString("allow.auto.create.topics = true (Kafka client default)");
		assertThat(finding.harm()).startsWith("One listener lets").contains("they read an empty topic");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, false));
	}

}
