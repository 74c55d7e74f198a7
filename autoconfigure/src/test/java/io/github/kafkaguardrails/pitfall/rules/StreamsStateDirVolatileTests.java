package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.StreamsBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsStateDirVolatile}. */
class StreamsStateDirVolatileTests {

	private static final String PROPERTY = "spring.kafka.streams.state-dir";

	private final StreamsStateDirVolatile rule = new StreamsStateDirVolatile();

	@Test
	void flagsTheDefault() {
		assertThat(check((streams) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/volatile/orders", "/volatile", "/var/../volatile/x" })
	void flagsADirectoryBelowTheTemporaryOne(String directory) {
		assertThat(check((streams) -> streams.property("state.dir", PROPERTY, directory))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/var/lib/orders", "/volatile2/orders", "volatile/x", "/volatile/../var" })
	void ignoresOtherDirectories(String directory) {
		assertThat(check((streams) -> streams.property("state.dir", PROPERTY, directory))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "default.dsl.store,in_memory",
			"dsl.store.suppliers.class,org.apache.kafka.streams.state.BuiltInDslStoreSuppliers$InMemoryDslStoreSuppliers" })
	void ignoresStoresInMemory(String key, String value) {
		assertThat(check((streams) -> streams.code(key, value))).isEmpty();
	}

	@Test
	void ignoresApplicationsWithoutStoresAndThoseNotBuiltYet() {
		assertThat(check((streams) -> streams.stateful = false)).isEmpty();
		assertThat(check((streams) -> streams.stateful = null)).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(check(setup().with((setup) -> setup.development = true), (streams) -> {
		})).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((streams) -> streams.property("state.dir", PROPERTY, "/volatile/orders")).get(0);
		assertThat(finding.subject()).hasToString("streams 'streams'");
		assertThat(finding.harm()).contains("restored from the changelogs");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("state.dir = /volatile/orders (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.startsWith(PROPERTY + ": /var/lib/<application>/streams");
	}

	private List<Finding> check(Consumer<StreamsBuilder> customizer) {
		return check(setup(), customizer);
	}

	private List<Finding> check(TestSetup setup, Consumer<StreamsBuilder> customizer) {
		return this.rule.check(setup.withStreams("streams", (streams) -> {
			streams.framework("state.dir", "/volatile/kafka-streams");
			customizer.accept(streams);
		}).build());
	}

	private static TestSetup setup() {
		return application().with((setup) -> setup.systemProperties.put("java.io.tmpdir", "/volatile"));
	}

}
