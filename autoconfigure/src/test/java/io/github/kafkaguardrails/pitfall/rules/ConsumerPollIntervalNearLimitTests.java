package io.github.kafkaguardrails.pitfall.rules;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerPollIntervalNearLimit}. */
class ConsumerPollIntervalNearLimitTests {

	private final ConsumerPollIntervalNearLimit rule = new ConsumerPollIntervalNearLimit();

	@Test
	void flagsMoreThanHalfOfTheIntervalInTwoSamples() {
		assertThat(this.rule.check(setup((consumer) -> consumer.values("time-between-poll-max", 150_001, 150_001))))
			.hasSize(1);
	}

	@Test
	void ignoresMoreThanHalfOfTheIntervalInOneSample() {
		assertThat(this.rule.check(setup((consumer) -> consumer.values("time-between-poll-max", 150_000, 239_000))))
			.isEmpty();
		assertThat(this.rule.check(setup((consumer) -> consumer.values("time-between-poll-max", 239_000)))).isEmpty();
	}

	@Test
	void flagsMoreThanEightyPercentInOneSample() {
		assertThat(this.rule.check(setup((consumer) -> consumer.values("time-between-poll-max", 10, 240_001))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("Past the limit"));
	}

	@Test
	void flagsAListenerThatDoesNotPollAnyMore() {
		assertThat(this.rule.check(
				setup((consumer) -> consumer.values("time-between-poll-max", 10).values("last-poll-seconds-ago", 301))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("The member has left its group"));
		assertThat(this.rule.check(setup((consumer) -> consumer.values("last-poll-seconds-ago", 299)))).isEmpty();
	}

	@Test
	void doesNotCountThePauseBetweenPolls() {
		assertThat(
				this.rule
					.check(application()
						.withListener("orders-listener",
								(listener) -> listener.bootValues.put("spring.kafka.listener.idle-between-polls",
										"PT3M"))
						.withActivity((activity) -> activity
							.consumer((consumer) -> consumer.values("time-between-poll-max", 185_000, 185_000)))
						.build()))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(setup((consumer) -> consumer.values("time-between-poll-max", 200_000, 200_000)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("time between two polls in ms = 200000 (observed while running)",
					"max.poll.interval.ms = 300000 (Kafka client default)",
					"max.poll.records = 100 (application.yml:12:13)");
		assertThat(finding.fixes()).extracting(Fix::text)
			.satisfiesExactly((first) -> assertThat(first).isEqualTo("spring.kafka.consumer.max-poll-records: 75"),
					(second) -> assertThat(second).contains("faster"));
	}

	private static KafkaSetup setup(Consumer<TestActivity.ClientBuilder> customizer) {
		return application()
			.withListener("orders-listener",
					(listener) -> listener.property("max.poll.records", "spring.kafka.consumer.max-poll-records", 100))
			.withActivity((activity) -> activity.consumer(customizer))
			.build();
	}

}
