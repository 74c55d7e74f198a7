package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

import io.github.kafkaguardrails.errorhandling.blockingretry.BlockingRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.none.NoRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.skip.SkipAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.stop.StopAutoConfiguration;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the first application of everybody is told: text, one listener with a group, a
 * broker on the same machine. No error, and no more than three warnings that an expert
 * would give as well.
 */
class QuickStartTests {

	private static final int WARNINGS = 3;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, KafkaGuardrailsAutoConfiguration.class,
				ErrorHandlingAutoConfiguration.class, BlockingRetryAutoConfiguration.class,
				NoRetryAutoConfiguration.class, DeadLetterAutoConfiguration.class, SkipAutoConfiguration.class,
				StopAutoConfiguration.class))
		.withUserConfiguration(QuickStart.class)
		.withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.bootstrap-servers=localhost:9092",
				"spring.kafka.admin.auto-create=false");

	@Test
	void isToldTheFewThingsThatMatter() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			PitfallReport report = context.getBean(PitfallInspection.class).latest().report();
			assertThat(report.rules()).isGreaterThan(30);
			Map<Severity, List<String>> rules = report.violations()
				.stream()
				.collect(Collectors.groupingBy(ReportedFinding::severity,
						Collectors.mapping(ReportedFinding::rule, Collectors.toList())));
			assertThat(rules).doesNotContainKey(Severity.ERROR);
			assertThat(rules.getOrDefault(Severity.WARNING, List.of())).hasSizeLessThanOrEqualTo(WARNINGS)
				.containsExactly("consumer-auto-offset-reset-implicit");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class QuickStart {

		@Bean
		Greetings greetings() {
			return new Greetings();
		}

	}

	static class Greetings {

		@KafkaListener(groupId = "greetings", topics = "greetings")
		void listen(String greeting) {
		}

	}

}
