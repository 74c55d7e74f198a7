package io.github.kafkaguardrails.samples.benchmark;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LargeSetup}.
 */
class LargeSetupTests {

	private final PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());

	private final KafkaSetup setup = LargeSetup.of(100, 50, this.catalogue.ids());

	@Test
	void isAsLargeAsAsked() {
		assertThat(this.setup.listeners()).hasSize(100);
		assertThat(this.setup.producers().size() + this.setup.consumers().size() + this.setup.admins().size())
			.isEqualTo(50);
	}

	@Test
	void everyRuleCanReadIt() {
		PitfallReport report = this.catalogue.check(this.setup, PitfallSettings.defaults(), LocalDate.of(2026, 1, 1));
		assertThat(report.rules()).isPositive();
		assertThat(report.violations()).isNotEmpty();
		assertThat(report.findings()).extracting(ReportedFinding::harm)
			.noneMatch((harm) -> harm.contains("could not be evaluated"));
	}

}
