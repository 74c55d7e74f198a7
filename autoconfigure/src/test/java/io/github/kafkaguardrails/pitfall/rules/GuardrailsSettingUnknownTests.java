package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link GuardrailsSettingUnknown}. */
class GuardrailsSettingUnknownTests {

	private final GuardrailsSettingUnknown rule = new GuardrailsSettingUnknown();

	@ParameterizedTest
	@CsvSource({ "kafka.guardrails.enable,kafka.guardrails.enabled",
			"kafka.guardrails.safeDefault,kafka.guardrails.safe-defaults",
			"kafka.guardrails.topics.provisionning,kafka.guardrails.topics.provisioning",
			"kafka.guardrails.rules.producer-acks-not-al,producer-acks-not-all",
			"kafka.guardrails.rules.acks-not-all,producer-acks-not-all", "kafka.guardrails.waivers[0].resaon,reason",
			"kafka.guardrails.waivers[1].untill,until",
			"kafka.guardrails.listeners.order-listener.retry.mode,orders-listener",
			"kafka.guardrails.listeners.defualt.then,default",
			"kafka.guardrails.listeners.default.retry.max-attempt,retry.max-attempts",
			"kafka.guardrails.listeners.default.max-attempts,retry.max-attempts",
			"kafka.guardrails.listeners.orders-listener.deadletter.topics,dead-letter.topic",
			"kafka.guardrails.topics.[orders.*].retry.fatals[0],retry.fatal",
			"kafka.guardrails.topics[orders.*].thn,then", "kafka.guardrails.topics.orders.retry.mod,retry.mode" })
	void suggestsTheNearestName(String property, String meant) {
		assertThat(check(known().withProperty(property, "x"))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("Did you mean '" + meant + "'?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka.guardrails.something-else", "kafka.guardrails.rules.no-such-thing-anywhere",
			"kafka.guardrails.listeners.shipping.then", "kafka.guardrails.listeners.default.xyz" })
	void flagsANameWithoutANearOne(String property) {
		assertThat(check(known().withProperty(property, "x"))).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).doesNotContain("Did you mean");
			assertThat(finding.fixes().get(0).text()).isEqualTo(property);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka.guardrails.enabled", "kafka.guardrails.safeDefaults",
			"kafka.guardrails.topics.provisioning", "kafka.guardrails.topics.naming-pattern", "kafka.guardrails.topics",
			"kafka.guardrails.rules.producer-acks-not-all", "kafka.guardrails.rules[producer-acks-not-all]",
			"kafka.guardrails.waivers[0].where", "kafka.guardrails.waivers[0].until", "kafka.guardrails.waivers",
			"kafka.guardrails.listeners.default.then", "kafka.guardrails.listeners.default",
			"kafka.guardrails.listeners.default.retry", "kafka.guardrails.listeners.orders-listener.retry.maxAttempts",
			"kafka.guardrails.listeners.ordersListener.retry.mode",
			"kafka.guardrails.listeners[orders-listener].retry.fatal[0]",
			"kafka.guardrails.listeners.default.retry.retryable",
			"kafka.guardrails.listeners.default.dead-letter.topic", "kafka.guardrails.topics.[orders.*].then",
			"kafka.guardrails.topics[orders.*].retry.retryable[1]", "kafka.guardrails.topics[orders.*]",
			"kafka.guardrails.health", "kafka.guardrails.health.enabled", "kafka.guardrails.tags.anything",
			"spring.kafka.enable", "kafka.guardrail.enable" })
	void staysSilent(String property) {
		assertThat(check(known().withProperty(property, ""))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "KAFKA_GUARDRAILS_ENABLED", "KAFKA_GUARDRAILS_SAFEDEFAULTS", "KAFKA_GUARDRAILS_SAFE_DEFAULTS",
					"KAFKA_GUARDRAILS_RULES_PRODUCERACKSNOTALL", "KAFKA_GUARDRAILS_LISTENERS_DEFAULT_RETRY_MAXATTEMPTS",
					"KAFKA_GUARDRAILS_WAIVERS_0_RULE", "KAFKA_GUARDRAILS_SERVICE_HOST", "KAFKA_GUARDRAILS_SERVICE_PORT",
					"KAFKA_GUARDRAILS_PORT", "KAFKA_GUARDRAILS_PORT_8080_TCP_ADDR", "KAFKA_GUARDRAILS_VERSION" })
	void ignoresEnvironmentVariablesThatMayBeSomebodyElses(String variable) {
		assertThat(check(known().withProperty(variable, "x"))).isEmpty();
		String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
		assertThat(check(known().withProperty(
				ConfigValue.of(property, "x", ValueOrigin.property(property, "environment variable " + variable)))))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "KAFKA_GUARDRAILS_ENABLE,kafka.guardrails.enabled",
			"KAFKA_GUARDRAILS_RULES_PRODUCERACKSNOTAL,kafka.guardrails.rules.producer-acks-not-all" })
	void flagsASlipOfThePenInAnEnvironmentVariable(String variable, String meant) {
		assertThat(check(known().withProperty(variable, "x"))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("Did you mean '" + meant + "'?"));
	}

	@Test
	void flagsAnUnknownRuleInAWaiver() {
		assertThat(check(known().withProperty("kafka.guardrails.waivers[0].rule", "producer-acks-not-al")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("Did you mean 'producer-acks-not-all'?"));
		assertThat(check(known().withProperty("kafka.guardrails.waivers[0].rule", "producer-acks-not-all"))).isEmpty();
	}

	@Test
	void flagsAnExceptionClassThatCannotBeLoaded() {
		String property = "kafka.guardrails.listeners.default.retry.fatal[0]";
		assertThat(check(known().withUnknownClass(property, "com.acme.InvalidOrderExeption"))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.harm()).contains("no class 'com.acme.InvalidOrderExeption'");
				assertThat(finding.evidence().get(0).key()).isEqualTo(property);
			});
	}

	@Test
	void suggestsTheNestedClassThatWasWrittenWithADot() {
		String dotted = getClass().getName() + ".Invalid";
		assertThat(check(known().withUnknownClass("x", dotted))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.contains("Did you mean '" + Invalid.class.getName() + "'?"));
	}

	@Test
	void checksNothingThatIsNotKnown() {
		assertThat(check(application().withProperty("kafka.guardrails.enable", "x")
			.withProperty("kafka.guardrails.rules.x", "off")
			.withProperty("kafka.guardrails.listeners.default.x", "x"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(known().withProperty("kafka.guardrails.rules.producer-acks-not-al", "off")).get(0);
		assertThat(finding.subject()).hasToString("application");
		assertThat(finding.severity()).isNull();
		assertThat(finding.harm())
			.isEqualTo("There is no rule 'producer-acks-not-al', so that this setting does nothing."
					+ " Did you mean 'producer-acks-not-all'?");
		assertThat(finding.evidence()).singleElement()
			.hasToString("kafka.guardrails.rules.producer-acks-not-al = off (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("write 'producer-acks-not-all' in place of 'producer-acks-not-al'");
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static TestSetup known() {
		return application().withListener("orders-listener", (listener) -> {
		})
			.withRuleIds("producer-acks-not-all", "consumer-auto-commit-enabled", "security-plaintext")
			.withListenerKeys("retry.mode", "retry.max-attempts", "retry.initial-interval", "retry.multiplier",
					"retry.max-interval", "retry.jitter", "retry.fatal", "retry.retryable", "then", "dead-letter.topic")
			.withKnownProperty("kafka.guardrails.enabled", false)
			.withKnownProperty("kafka.guardrails.safe-defaults", false)
			.withKnownProperty("kafka.guardrails.rules", true)
			.withKnownProperty("kafka.guardrails.waivers", false)
			.withKnownProperty("kafka.guardrails.listeners", true)
			.withKnownProperty("kafka.guardrails.topics.provisioning", false)
			.withKnownProperty("kafka.guardrails.topics.naming-pattern", false)
			.withKnownProperty("kafka.guardrails.health.enabled", false)
			.withKnownProperty("kafka.guardrails.tags", true);
	}

	static class Invalid extends RuntimeException {

	}

}
