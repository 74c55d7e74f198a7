package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerResetByDurationStalls}. */
class ConsumerResetByDurationStallsTests {

	private static final String PROPERTY = "spring.kafka.consumer.auto-offset-reset";

	private final ConsumerResetByDurationStalls rule = new ConsumerResetByDurationStalls();

	@Test
	void flagsByDurationAndIgnoresOtherResetsAndWhatTheClientRefuses() {
		assertThat(this.rule.check(reset("by_duration:PT1H"))).hasSize(1);
		assertThat(this.rule.check(reset("earliest"))).isEmpty();
		assertThat(this.rule.check(reset("by_duration:1h"))).isEmpty();
	}

	@Test
	void ignoresListenersThatAreNotAnnotatedMethods() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.code("auto.offset.reset", "by_duration:PT1H");
			listener.role = ListenerSetup.Role.MANUAL;
		}))).isEmpty();
		assertThat(this.rule.check(listener((listener) -> {
			listener.code("auto.offset.reset", "by_duration:PT1H");
			listener.methods = List.of();
		}))).isEmpty();
	}

	@Test
	void ignoresShareConsumersAndPartitionsAssignedByHand() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.code("auto.offset.reset", "by_duration:PT1H");
			listener.type = ContainerSetup.Type.SHARE;
		}))).isEmpty();
		assertThat(this.rule.check(listener((listener) -> {
			listener.code("auto.offset.reset", "by_duration:PT1H");
			listener.subscription = new Subscription(List.of(), null, List.of("orders-0"));
		}))).isEmpty();
	}

	@Test
	void onlyMentionsAStallThatIsBounded() {
		assertThat(stallOf(10_000)).extracting(Finding::severity).containsExactly(Severity.INFO);
		assertThat(stallOf(10_001)).extracting(Finding::severity).containsOnlyNulls();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(reset("by_duration:PT1H")).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("auto.offset.reset = by_duration:PT1H (" + TestSetup.FILE + ")",
					"default.api.timeout.ms = 60000 (Kafka client default)");
		assertThat(finding.harm()).contains("blocks for 60000 ms and no partition is consumed");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "earliest"),
				Fix.set("spring.kafka.consumer.properties.default.api.timeout.ms", 10_000));
	}

	private List<Finding> stallOf(int timeout) {
		return this.rule.check(listener((listener) -> listener.code("auto.offset.reset", "by_duration:PT1H")
			.code("default.api.timeout.ms", timeout)));
	}

	private static KafkaSetup reset(String value) {
		return listener((listener) -> listener.property("auto.offset.reset", PROPERTY, value));
	}

}
