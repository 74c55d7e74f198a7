package io.github.kafkaguardrails.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.test.KafkaGuardrailsAssertions;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that an application contributes, beside ours. */
@ExtendWith(OutputCaptureExtension.class)
class ContributedRulesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, KafkaGuardrailsAutoConfiguration.class))
		.withBean(AcmeClientIdMissing.class);

	@Test
	void aBeanOfThatTypeRunsBesideOurRules(CapturedOutput output) {
		this.runner.run((context) -> {
			KafkaGuardrailsAssertions.assertThat(context.getBean(PitfallInspection.class))
				.hasFinding("acme-client-id-missing");
			assertThat(context.getBean(PitfallInspection.class).latest().report().rules()).isGreaterThan(30);
		});
		assertThat(output).contains("acme-client-id-missing", "Do    set spring.kafka.client-id to the team's name")
			.doesNotContain("#acme-client-id-missing");
	}

	@Test
	void itsFindingsHaveALevelAndWaiversLikeOurs() {
		this.runner.withPropertyValues("kafka.guardrails.rules.acme-client-id-missing=off")
			.run((context) -> KafkaGuardrailsAssertions.assertThat(context.getBean(PitfallInspection.class))
				.doesNotHaveFinding("acme-client-id-missing")
				.doesNotHaveFinding("guardrails-setting-unknown"));
		this.runner
			.withPropertyValues("kafka.guardrails.waivers[0].rule=acme-client-id-missing",
					"kafka.guardrails.waivers[0].reason=ACME-1")
			.run((context) -> KafkaGuardrailsAssertions.assertThat(context.getBean(PitfallInspection.class))
				.hasNoFindings());
	}

	@Test
	void aGoodSettingIsNotFound() {
		this.runner.withPropertyValues("spring.kafka.client-id=team-orders")
			.run((context) -> KafkaGuardrailsAssertions.assertThat(context.getBean(PitfallInspection.class))
				.hasNoFindings());
	}

	/** A rule of a company about its own conventions. */
	@Pitfall(id = "acme-client-id-missing", title = "Nobody knows whose client it is", severity = Severity.WARNING,
			why = "The quota of the team does not apply.", remedy = "set spring.kafka.client-id to the team's name",
			since = "1.0.0")
	static final class AcmeClientIdMissing implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return setup.producers()
				.stream()
				.filter((producer) -> producer.config().string("client.id").isEmpty())
				.map((producer) -> Finding.of(producer.subject(), "The quota of the team does not apply."))
				.toList();
		}

	}

}
