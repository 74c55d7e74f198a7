package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerMaxPollIntervalExtreme}. */
class ConsumerMaxPollIntervalExtremeTests {

	private final ConsumerMaxPollIntervalExtreme rule = new ConsumerMaxPollIntervalExtreme();

	private static final String INTERVAL = "spring.kafka.consumer.max-poll-interval";

	private static final String RECORDS = "spring.kafka.consumer.max-poll-records";

	@ParameterizedTest
	@ValueSource(ints = { 3_600_001, Integer.MAX_VALUE, 29_999, 1 })
	void flagsExtremes(int interval) {
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, interval))).singleElement()
			.extracting(Finding::severity)
			.isIn(null, Severity.WARNING);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3_600_000, 30_000 })
	void ignoresTheLimitsThemselves(int interval) {
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, interval))).isEmpty();
	}

	@Test
	void ignoresTheClientDefaults() {
		assertThat(check((listener) -> {
		})).isEmpty();
	}

	@Test
	void allowsADayForASingleRecord() {
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, 86_400_000)
			.property("max.poll.records", RECORDS, 1))).isEmpty();
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, 86_400_001)
			.property("max.poll.records", RECORDS, 1))).hasSize(1);
	}

	@Test
	void informsAboutATightBudgetOfARecordListener() {
		assertThat(check((listener) -> listener.property("max.poll.records", RECORDS, 6001))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.INFO);
				assertThat(finding.harm()).startsWith("There are 49 ms for each record");
				assertThat(finding.fixes()).containsExactly(Fix.set(RECORDS, 600));
			});
		assertThat(check((listener) -> listener.property("max.poll.records", RECORDS, 6000))).isEmpty();
		assertThat(check((listener) -> {
			listener.property("max.poll.records", RECORDS, 6001);
			listener.type = ContainerSetup.Type.BATCH;
		})).isEmpty();
	}

	@Test
	void ignoresPartitionsAssignedByHand() {
		assertThat(check((listener) -> {
			listener.property("max.poll.interval.ms", INTERVAL, 1);
			listener.subscription = new Subscription(List.of(), null, List.of("orders-0"));
		})).isEmpty();
	}

	@Test
	void leavesValuesThatTheClientRefusesToTheOtherRules() {
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, 0))).isEmpty();
		assertThat(check((listener) -> listener.property("max.poll.records", RECORDS, 0))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, 86_400_000)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("max.poll.interval.ms = 86400000 (application.yml:12:13)");
		assertThat(finding.harm()).startsWith("A listener that hangs keeps its partitions");
		assertThat(finding.fixes()).containsExactly(Fix.set(INTERVAL, "5m"));
		assertThat(check((listener) -> listener.property("max.poll.interval.ms", INTERVAL, 5000)).get(0).harm())
			.startsWith("One slow record is enough");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener(customizer));
	}

}
