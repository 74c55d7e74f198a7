package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsApplicationIdImplicit}. */
class StreamsApplicationIdImplicitTests {

	private static final String PROPERTY = "spring.kafka.streams.application-id";

	private final StreamsApplicationIdImplicit rule = new StreamsApplicationIdImplicit();

	@Test
	void flagsTheNameOfTheApplication() {
		assertThat(this.rule.check(streams((streams) -> streams.framework("application.id", "shop")))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop-${app.version}", "${random.uuid}", "shop-${spring.profiles.active:x}",
			"shop-${HOSTNAME}" })
	void flagsAnIdThatChanges(String raw) {
		assertThat(check(raw)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders-aggregator", "${spring.application.name}", "version-2" })
	void ignoresAnIdThatStays(String raw) {
		assertThat(check(raw)).isEmpty();
	}

	@Test
	void ignoresAnIdSetInCode() {
		assertThat(this.rule.check(streams((streams) -> streams.code("application.id", "orders")))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(streams((streams) -> streams.framework("application.id", "shop"))).get(0);
		assertThat(finding.subject()).hasToString("streams 'defaultKafkaStreamsBuilder'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("application.id = shop (Spring default)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text()).containsExactly(PROPERTY + ": shop");
		assertThat(check("shop-${app.version}").get(0).evidence()).extracting(Object::toString)
			.containsExactly("application.id = shop-${app.version} (application.yml:12:13)");
	}

	private List<Finding> check(String raw) {
		return this.rule.check(streams((streams) -> streams.property("application.id", PROPERTY, raw)));
	}

}
