package io.github.kafkaguardrails.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;

import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.ReportedFinding;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StartupBaseline}: an application that starts, with a baseline. */
@ExtendWith(OutputCaptureExtension.class)
class StartupBaselineTests {

	private static final String[] ERROR = { "spring.kafka.producer.properties.request.timeout.ms=30s" };

	@TempDir
	private Path folder;

	@Test
	void writesTheFindingsOnceAndStartsInSpiteOfThem(CapturedOutput output) {
		writing().withPropertyValues(ERROR).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(report(context.getBean(PitfallInspection.class)).hasErrors()).isFalse();
		});
		assertThat(file()).content()
			.contains("rule: \"producer-config-rejected\"", "subject: \"producer 'kafkaProducerFactory'\"",
					"request.timeout.ms = 30s");
		assertThat(output).contains("wrote 1 finding(s) to the baseline");
	}

	@Test
	void acceptsThemWhenTheApplicationStartsAgain() {
		writing().withPropertyValues(ERROR).run((context) -> assertThat(context).hasNotFailed());
		reading().withPropertyValues(ERROR).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(report(context.getBean(PitfallInspection.class)).findings()).singleElement()
				.satisfies((finding) -> {
					assertThat(finding.state()).isEqualTo(ReportedFinding.State.ACCEPTED);
					assertThat(finding.acceptance()).startsWith("baseline of 20");
				});
		});
	}

	@Test
	void doesNotAcceptNewOnes() {
		writing().withPropertyValues(ERROR).run((context) -> assertThat(context).hasNotFailed());
		reading().withPropertyValues(ERROR)
			.withPropertyValues("spring.kafka.producer.properties.delivery.timeout.ms=soon")
			.run((context) -> assertThat(description(context.getStartupFailure())).contains("delivery.timeout.ms")
				.doesNotContain("request.timeout.ms = 30s"));
	}

	@Test
	void neverOverwritesTheFile(CapturedOutput output) throws IOException {
		writing().run((context) -> assertThat(context).hasNotFailed());
		String written = Files.readString(file());
		writing().withPropertyValues(ERROR)
			.run((context) -> assertThat(description(context.getStartupFailure()))
				.contains("producer-config-rejected"));
		assertThat(file()).hasContent(written);
		assertThat(output).contains("does not overwrite the baseline " + file());
	}

	@Test
	void mentionsAnEntryThatIsStale() {
		writing().withPropertyValues(ERROR).run((context) -> assertThat(context).hasNotFailed());
		reading()
			.run((context) -> assertThat(report(context.getBean(PitfallInspection.class)).violations()).singleElement()
				.satisfies((finding) -> {
					assertThat(finding.rule()).isEqualTo("guardrails-baseline-stale");
					assertThat(finding.evidence()).singleElement()
						.satisfies((entry) -> assertThat(entry.origin().location()).isEqualTo(file() + ":6:11"));
				}));
	}

	@Test
	void failsWithTheLineOfABrokenFile() throws IOException {
		Files.writeString(file(), "date: \"2026-11-01\"\nfindings:\n  - rule: \"x\"\n");
		reading().run((context) -> assertThat(description(context.getStartupFailure()))
			.contains("baseline.yml:3:11: expected 'subject' in this finding"));
	}

	@Test
	void failsWhenThereIsNoFile() {
		reading().run((context) -> assertThat(description(context.getStartupFailure()))
			.contains("baseline.yml cannot be found"));
	}

	@Test
	void readsAFileOfTheClassPath() {
		runner().withPropertyValues("kafka.guardrails.baseline.file=classpath:kafka-guardrails-baseline.yml")
			.withPropertyValues("spring.kafka.producer.acks=1")
			.run((context) -> assertThat(report(context.getBean(PitfallInspection.class)).violations()).isEmpty());
	}

	@Test
	void saysThatAFileIsMissingToWriteTo(CapturedOutput output) {
		runner().withPropertyValues("kafka.guardrails.baseline.write=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("writes no baseline: kafka.guardrails.baseline.file names no file");
	}

	private Path file() {
		return this.folder.resolve("baseline.yml");
	}

	private ApplicationContextRunner writing() {
		return reading().withPropertyValues("kafka.guardrails.baseline.write=true");
	}

	private ApplicationContextRunner reading() {
		return runner().withPropertyValues("kafka.guardrails.baseline.file=" + file());
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(KafkaAutoConfiguration.class, KafkaGuardrailsAutoConfiguration.class));
	}

	private static PitfallReport report(PitfallInspection inspection) {
		return inspection.latest().report();
	}

	/** What the failure analysis prints. */
	private static String description(@Nullable Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(failure));
		assertThat(cause).isInstanceOf(FailureAnalyzedException.class);
		return ((FailureAnalyzedException) cause).analysis().getDescription();
	}

}
