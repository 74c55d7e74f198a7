package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.StreamsBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsCleanupOnStartup}. */
class StreamsCleanupOnStartupTests {

	private static final String PROPERTY = "spring.kafka.streams.cleanup.on-startup";

	private final StreamsCleanupOnStartup rule = new StreamsCleanupOnStartup();

	@Test
	void flagsStartAndStop() {
		assertThat(check(application(), (streams) -> streams.cleanupOnStart = true)).hasSize(1);
		assertThat(check(application(), (streams) -> streams.cleanupOnStop = true)).hasSize(1);
	}

	@Test
	void ignoresTheDefault() {
		assertThat(check(application(), (streams) -> {
		})).isEmpty();
	}

	@Test
	void ignoresDevelopmentAndApplicationsWithoutStores() {
		assertThat(check(application().with((setup) -> setup.development = true),
				(streams) -> streams.cleanupOnStart = true))
			.isEmpty();
		assertThat(check(application(), (streams) -> {
			streams.cleanupOnStart = true;
			streams.stateful = false;
		})).isEmpty();
	}

	@Test
	void doesNotWaitForTheTopology() {
		assertThat(check(application(), (streams) -> {
			streams.cleanupOnStart = true;
			streams.stateful = null;
		})).hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(application().withProperty(PROPERTY, true), (streams) -> streams.cleanupOnStart = true)
			.get(0);
		assertThat(finding.subject()).hasToString("streams 'streams'");
		assertThat(finding.harm()).contains("at each start");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(PROPERTY + " = true (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text()).containsExactly(PROPERTY + ": false");
		assertThat(check(application(), (streams) -> streams.cleanupOnStop = true).get(0).evidence())
			.extracting(Object::toString)
			.containsExactly("cleanup on-shutdown = true (set in code by bean 'streams')");
	}

	private List<Finding> check(TestSetup setup, Consumer<StreamsBuilder> customizer) {
		return this.rule.check(setup.withStreams("streams", customizer).build());
	}

}
