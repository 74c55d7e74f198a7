package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerRebalanceStorm}. */
class ConsumerRebalanceStormTests {

	private final ConsumerRebalanceStorm rule = new ConsumerRebalanceStorm();

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void flagsThreeRebalancesInTenMinutes() {
		assertThat(this.rule.check(setup(HOUR, "rebalance-total", 5, 6, 6, 7, 8))).hasSize(1);
	}

	@Test
	void ignoresTwoRebalancesInTenMinutes() {
		assertThat(this.rule.check(setup(HOUR, "rebalance-total", 5, 6, 6, 7, 7))).isEmpty();
	}

	@Test
	void flagsThreeFailedAttempts() {
		assertThat(this.rule.check(setup(HOUR, "failed-rebalance-total", 1, 4))).hasSize(1);
		assertThat(this.rule.check(setup(HOUR, "failed-rebalance-total", 1, 3))).isEmpty();
	}

	@Test
	void ignoresTheFirstFiveMinutes() {
		assertThat(this.rule.check(setup(Duration.ofMinutes(8), "rebalance-total", 1, 9, 9, 9, 9, 9))).isEmpty();
		assertThat(this.rule.check(setup(Duration.ofMinutes(8), "rebalance-total", 1, 1, 1, 1, 1, 9))).hasSize(1);
		assertThat(this.rule.check(setup(Duration.ofMinutes(2), "rebalance-total", 1, 9))).isEmpty();
	}

	@Test
	void ignoresRebalancesOfMoreThanTenMinutesAgo() {
		assertThat(this.rule.check(application().withListener("orders-listener", (listener) -> {
		}).withActivity((activity) -> activity.consumer((consumer) -> {
			consumer.values("rebalance-total", 1, 9, 9, 9);
			consumer.pause = Duration.ofMinutes(5);
		})).build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup(HOUR, "rebalance-total", 1, 9)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("consumption stalls");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("rebalances in 10 minutes = 8 (observed while running)",
					"failed attempts in 10 minutes = 0 (observed while running)",
					"group.protocol = classic (Kafka client default)");
		assertThat(finding.fixes()).hasSize(2)
			.first()
			.satisfies((fix) -> assertThat(fix.text()).contains("comes and goes"));
	}

	private static KafkaSetup setup(Duration uptime, String counter, double... values) {
		return application().withListener("orders-listener", (listener) -> {
		}).withActivity((activity) -> {
			activity.consumer((consumer) -> consumer.values(counter, values));
			activity.uptime = uptime;
		}).build();
	}

}
