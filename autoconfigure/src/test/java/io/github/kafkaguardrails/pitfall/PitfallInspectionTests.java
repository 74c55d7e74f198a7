package io.github.kafkaguardrails.pitfall;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.rules.ConsumerGroupIdMissing;
import io.github.kafkaguardrails.pitfall.rules.ProducerAcksNotAll;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PitfallInspection}. */
class PitfallInspectionTests {

	private final AtomicInteger reads = new AtomicInteger();

	private final PitfallInspection inspection = new PitfallInspection(() -> {
		this.reads.incrementAndGet();
		return TestSetup.application()
			.withProducer("kafkaProducerFactory", (producer) -> producer.code("acks", "1"))
			.build();
	}, (setup) -> List.of(), new PitfallCatalogue(List.of(new ProducerAcksNotAll(), new ConsumerGroupIdMissing())),
			PitfallSettings.defaults(), Clock.systemUTC());

	@Test
	void runsTheOtherRulesWhenTheResultIsWanted() {
		assertThat(this.inspection.findsErrors()).isFalse();
		assertThat(this.inspection.picture()).isNotNull();
		assertThat(this.inspection.latest().report().findings()).extracting(ReportedFinding::rule)
			.containsExactly("producer-acks-not-all");
		assertThat(this.inspection.latest()).isSameAs(this.inspection.latest());
		assertThat(this.reads).as("pictures").hasValue(1);
	}

	@Test
	void readsThePictureAgainWhenTheApplicationHasChanged() {
		this.inspection.findsErrors();
		this.inspection.changed();
		assertThat(this.inspection.latest().report().rules()).isEqualTo(2);
		assertThat(this.reads).as("pictures").hasValue(2);
		assertThat(this.inspection.outdated()).isFalse();
	}

	@Test
	void knowsNothingBeforeTheFirstRun() {
		assertThat(this.inspection.latest().setup()).isNull();
		assertThat(this.inspection.latest().report().findings()).isEmpty();
	}

}
