package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConventionSuspiciousDuration}. */
class ConventionSuspiciousDurationTests {

	private static final String KEY = "request.timeout.ms";

	private static final String PROPERTY = "spring.kafka.properties." + KEY;

	private final ConventionSuspiciousDuration rule = new ConventionSuspiciousDuration();

	@ParameterizedTest
	@ValueSource(strings = { "1", "30", "999" })
	void flagsLessThanASecond(String value) {
		assertThat(check(value)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1000", "30000", "-1", "30s", "PT30S" })
	void ignoresASecondAndWhatIsNoNumber(String value) {
		assertThat(check(value)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "session.timeout.ms", "max.poll.interval.ms", "delivery.timeout.ms",
			"transaction.timeout.ms", "default.api.timeout.ms", "metadata.max.age.ms" })
	void looksAtEveryTimeout(String key) {
		assertThat(this.rule.check(producer((producer) -> producer.code(key, 30)))).hasSize(1);
	}

	@Test
	void ignoresDurationsThatMayBeShort() {
		assertThat(this.rule.check(producer((producer) -> producer.code("linger.ms", 30).code("retry.backoff.ms", 50))))
			.isEmpty();
	}

	@Test
	void ignoresWhatNobodyChose() {
		assertThat(this.rule.check(producer((producer) -> producer.framework(KEY, 30)))).isEmpty();
	}

	@Test
	void looksBehindAPrefixOfKafkaStreams() {
		assertThat(this.rule.check(streams((streams) -> streams.code("main.consumer.session.timeout.ms", 45))))
			.hasSize(1);
		assertThat(this.rule.check(streams((streams) -> streams.code("other.session.timeout.ms", 45)))).isEmpty();
	}

	@Test
	void flagsTheRetentionOfADeclaredTopic() {
		assertThat(this.rule.check(application().withTopic("orders", 3, Map.of("retention.ms", "604")).build()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.subject()).hasToString("topic 'orders'"));
		assertThat(this.rule.check(application().withTopic("orders", 3, Map.of("retention.ms", "-1"))
			.withTopic("payments", 3, Map.of("retention.ms", "604800000"))
			.build())).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(this.rule.check(application().with((setup) -> setup.development = true)
			.withAdmin("admin", (admin) -> admin.code(KEY, 30))
			.build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("30").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).startsWith("'request.timeout.ms' is in milliseconds: 30 of them");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("request.timeout.ms = 30 (application.yml:12:13)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).isEqualTo(PROPERTY + ": 30000"));
	}

	@Test
	void suggestsAUnitWhereSpringBootReadsOne() {
		String property = "spring.kafka.consumer.max-poll-interval";
		assertThat(this.rule.check(listener((listener) -> listener.property("max.poll.interval.ms", property, 300)))
			.get(0)
			.fixes()
			.get(0)
			.text()).isEqualTo(property + ": 300s");
	}

	private List<Finding> check(String value) {
		return this.rule.check(listener((listener) -> listener.property(KEY, PROPERTY, value)));
	}

}
