package io.github.kafkaguardrails.samples.orders;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The application with the settings of {@code application-pitfalls.yml}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OrdersPitfallsTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withUserConfiguration(OrdersApplication.class)
		.withPropertyValues("spring.profiles.active=pitfalls", "spring.kafka.bootstrap-servers=localhost:1",
				"spring.kafka.listener.auto-startup=false", "spring.kafka.admin.auto-create=false");

	@Test
	void doesNotStartAndNamesEveryPitfallWithItsLine(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplication(OrdersApplication.class).run("--spring.profiles.active=pitfalls",
					"--spring.kafka.bootstrap-servers=localhost:1", "--server.port=0"));
		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START");
		assertThatTheReportIsIn(output);
		assertThat(output).containsPattern("error +consumer-group-protocol-conflict ");
	}

	@Test
	void startsWhenTheErrorIsMadeAWarning(CapturedOutput output) {
		this.runner.withPropertyValues("kafka.guardrails.rules.consumer-group-protocol-conflict=warning")
			.run((context) -> assertThat(context).hasNotFailed());
		// at the latest when the application ends
		assertThatTheReportIsIn(output);
		assertThat(output).containsPattern("warning +consumer-group-protocol-conflict ");
	}

	@Test
	void startsWhenNothingIsEnforced(CapturedOutput output) {
		this.runner.withPropertyValues("kafka.guardrails.enforcement=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatTheReportIsIn(output);
			assertThat(output).containsPattern("error +consumer-group-protocol-conflict ");
		});
	}

	private static void assertThatTheReportIsIn(CapturedOutput output) {
		assertThat(output).containsPattern("warning +producer-acks-not-all ")
			.containsPattern("warning +consumer-auto-commit-enabled ")
			.containsPattern("group.protocol = consumer +application-pitfalls.yml:7:25")
			.containsPattern("heartbeat.interval.ms = 1000 +application-pitfalls.yml:5:27")
			.containsPattern("enable.auto.commit = true +application-pitfalls.yml:4:27")
			.containsPattern("acks = 1 +application-pitfalls.yml:9:13");
	}

}
