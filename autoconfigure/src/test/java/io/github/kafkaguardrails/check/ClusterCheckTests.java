package io.github.kafkaguardrails.check;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallChange;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.rules.ListenerContainerStopped;
import io.github.kafkaguardrails.pitfall.rules.ProducerAcksNotAll;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterCheck}. */
@ExtendWith(OutputCaptureExtension.class)
class ClusterCheckTests {

	private final List<PitfallChange> changes = new ArrayList<>();

	private KafkaSetup picture = sound();

	private final PitfallInspection inspection = new PitfallInspection(() -> this.picture,
			(setup) -> this.picture.clusters(),
			new PitfallCatalogue(List.of(new ProducerAcksNotAll(), new BatchSizeSet(), new ListenerContainerStopped())),
			new PitfallSettings(Enforcement.WARN, Map.of(), List.of()), Clock.systemUTC());

	private final ClusterCheck check = new ClusterCheck(this.inspection, () -> List.of(this.changes::add));

	@BeforeEach
	void logInformation() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(ClusterCheck.class.getName(), LogLevel.INFO);
	}

	@Test
	void logsWhatAppearsOnceInTheFormatOfTheReport(CapturedOutput output) {
		this.check.check();
		assertThat(output).doesNotContain("Kafka Guardrails found");
		this.picture = pitfall();
		this.check.check();
		this.check.check();
		assertThat(output.getAll()).containsOnlyOnce("found 1 warning in a check of the clusters")
			.containsOnlyOnce("warning  producer-acks-not-all")
			.contains("WARN")
			.contains("Set   spring.kafka.producer.acks: all");
		assertThat(this.changes).hasSize(3);
		assertThat(this.changes).flatExtracting(PitfallChange::appeared)
			.extracting("rule")
			.containsExactly("producer-acks-not-all");
	}

	@Test
	void logsWhatWasObservedOnceWhicheverCheckFindsItAgain(CapturedOutput output) {
		this.check.check();
		this.check.check(stopped());
		this.check.check(stopped());
		this.check.check();
		assertThat(output.getAll()).containsOnlyOnce("found 1 warning in the running application")
			.containsOnlyOnce("warning  listener-container-stopped")
			.doesNotContain("no longer finds");
		assertThat(this.changes).hasSize(4);
		this.check.check(running());
		assertThat(output.getAll()).containsOnlyOnce("no longer finds listener-container-stopped");
	}

	@Test
	void logsWhatIsResolvedInOneLine(CapturedOutput output) {
		this.picture = pitfall();
		this.check.check();
		this.picture = sound();
		this.check.check();
		this.check.check();
		assertThat(output.getAll())
			.containsOnlyOnce("no longer finds producer-acks-not-all (producer 'kafkaProducerFactory')");
	}

	@Test
	void logsTheReportOfTheConfigurationOnceAndFirst(CapturedOutput output) {
		this.picture = pitfall();
		this.check.check();
		this.check.checkConfiguration();
		assertThat(output.getAll()).containsOnlyOnce("Kafka Guardrails found")
			.contains("Kafka Guardrails found 1 warning in the Kafka configuration");
		assertThat(this.changes).singleElement().extracting(PitfallChange::appeared).isEqualTo(List.of());
	}

	@Test
	void saysSoWhenNothingIsFound(CapturedOutput output) {
		this.check.checkConfiguration();
		this.check.checkConfiguration();
		assertThat(output.getAll()).containsOnlyOnce("checked the Kafka configuration by 2 rules: no findings");
	}

	@Test
	void resolvesNothingWhileAClusterIsAway(CapturedOutput output) {
		this.picture = pitfall();
		this.check.check();
		this.picture = TestSetup.application().withOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException").build();
		this.check.check();
		assertThat(output).doesNotContain("no longer finds");
		this.picture = pitfall();
		this.check.check();
		assertThat(output.getAll()).containsOnlyOnce("Kafka Guardrails found");
	}

	@Test
	void tellsInformationWithoutAWarning(CapturedOutput output) {
		this.check.checkConfiguration();
		this.picture = TestSetup.application()
			.withProducer("kafkaProducerFactory", (producer) -> producer.code("batch.size", 1_000_000))
			.build();
		this.check.check();
		assertThat(this.changes.get(0).appeared()).extracting(ReportedFinding::rule).containsExactly("batch-size-set");
		assertThat(output).doesNotContain("Kafka Guardrails found");
	}

	private static ActivitySetup stopped() {
		return TestSetup.application()
			.withActivity((activity) -> activity.container(false, false, false, "AUTH"))
			.build()
			.activity();
	}

	private static ActivitySetup running() {
		return TestSetup.application()
			.withActivity((activity) -> activity.container(true, true, false, null))
			.build()
			.activity();
	}

	private static KafkaSetup sound() {
		return TestSetup.producer((producer) -> {
		});
	}

	private static KafkaSetup pitfall() {
		return TestSetup.producer((producer) -> producer.property("acks", "spring.kafka.producer.acks", "1"));
	}

	/** Something to know. */
	@Pitfall(id = "batch-size-set", title = "The batch size is set", severity = Severity.INFO, why = "So it is.",
			remedy = "none", since = "0.1.0")
	private static final class BatchSizeSet implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return setup.producers()
				.stream()
				.filter((producer) -> producer.config().explicit("batch.size"))
				.map((producer) -> Finding.of(producer.subject(), "It is set."))
				.toList();
		}

	}

}
