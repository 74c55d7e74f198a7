package io.github.kafkaguardrails.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.Proves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Proofs of rules about consumers. */
class ConsumerProofsIntegrationTests {

	private final String topic = ProofClients.BROKER.topic("proof", 1);

	private final String group = ProofClients.newGroup();

	@Test
	@Proves("consumer-auto-commit-enabled")
	void aRecordThatWasPolledAndNeverProcessedIsCommitted() {
		assertThat(deliveredAfterACrash(Map.of("enable.auto.commit", true, "auto.commit.interval.ms", 50)))
			.doesNotContain("payment");
	}

	@Test
	void withoutAutoCommitARecordThatWasPolledAndNeverProcessedComesBack() {
		assertThat(deliveredAfterACrash(Map.of("enable.auto.commit", false))).contains("payment");
	}

	/**
	 * What the next consumer sees when the first one dies before it has processed
	 * anything.
	 */
	private List<String> deliveredAfterACrash(Map<String, Object> config) {
		ProofClients.send(this.topic, null, "payment");
		try (Consumer<String, String> consumer = ProofClients.consumer(this.group, config)) {
			consumer.subscribe(List.of(this.topic));
			assertThat(ProofClients.poll(consumer, 1)).containsExactly("payment");
			// the loop goes on while the record is still in work somewhere
			List<String> later = new ArrayList<>();
			ProofClients.send(this.topic, null, "next");
			ProofClients.pollUntil(consumer, later, () -> later.contains("next"));
			if (Boolean.TRUE.equals(config.get("enable.auto.commit"))) {
				ProofClients.pollUntil(consumer, later,
						() -> ProofClients.BROKER.committed(this.group, this.topic, 0) >= 1);
			}
		}
		ProofClients.send(this.topic, null, "last");
		List<String> values = new ArrayList<>();
		try (Consumer<String, String> next = ProofClients.consumer(this.group, config)) {
			next.subscribe(List.of(this.topic));
			ProofClients.pollUntil(next, values, () -> values.contains("last"));
		}
		return values;
	}

	@Test
	@Proves("consumer-auto-offset-reset-implicit")
	void aNewGroupSkipsWhatWasThereBeforeItsFirstStart() {
		assertThat(seenByANewGroup("latest")).containsExactly("after");
	}

	@Test
	void aNewGroupReadsEverythingWhenItIsTold() {
		assertThat(seenByANewGroup("earliest")).containsExactly("before", "after");
	}

	private List<String> seenByANewGroup(String reset) {
		ProofClients.send(this.topic, null, "before");
		List<String> values = new ArrayList<>();
		try (Consumer<String, String> consumer = ProofClients.consumer(this.group,
				Map.of("auto.offset.reset", reset))) {
			consumer.subscribe(List.of(this.topic));
			ProofClients.pollUntil(consumer, values, () -> !consumer.assignment().isEmpty());
			consumer.assignment().forEach(consumer::position);
			ProofClients.send(this.topic, null, "after");
			ProofClients.pollUntil(consumer, values, () -> values.contains("after"));
		}
		return values;
	}

	@Test
	@Proves("consumer-poll-interval-near-limit")
	void aRecordIsProcessedTwiceWhenProcessingTakesLongerThanThePollInterval() {
		ProofClients.send(this.topic, null, "payment");
		Map<String, Object> config = Map.of("max.poll.interval.ms", 1_000, "enable.auto.commit", false);
		try (Consumer<String, String> slow = ProofClients.consumer(this.group, config);
				Consumer<String, String> other = ProofClients.consumer(this.group, config)) {
			slow.subscribe(List.of(this.topic));
			assertThat(ProofClients.poll(slow, 1)).containsExactly("payment");
			other.subscribe(List.of(this.topic));
			// the slow one is still at it and does not poll
			assertThat(ProofClients.poll(other, 1)).containsExactly("payment");
		}
	}

	@Test
	@Proves("consumer-session-heartbeat-inconsistent")
	void theBrokerRefusesASessionTimeoutOutOfItsRange() {
		try (Consumer<String, String> consumer = ProofClients.consumer(this.group,
				Map.of("session.timeout.ms", 5_000, "heartbeat.interval.ms", 1_000))) {
			consumer.subscribe(List.of(this.topic));
			assertThatExceptionOfType(InvalidSessionTimeoutException.class)
				.isThrownBy(() -> ProofClients.poll(consumer, 1));
		}
	}

	@Test
	@Proves("consumer-group-protocol-conflict")
	void aConsumerOfTheNewProtocolIsNotCreatedWithASettingOfTheOldOne() {
		Map<String, Object> conflict = Map.of("group.protocol", "consumer", "heartbeat.interval.ms", 1_000);
		assertThatExceptionOfType(KafkaException.class)
			.isThrownBy(() -> ProofClients.consumer(this.group, conflict).close())
			.satisfiesAnyOf((ex) -> assertThat(ex).isInstanceOf(ConfigException.class),
					(ex) -> assertThat(ex).hasCauseInstanceOf(ConfigException.class));
		assertThatNoException()
			.isThrownBy(() -> ProofClients.consumer(this.group, Map.of("group.protocol", "consumer")).close());
	}

	@Test
	@Proves("consumer-group-id-missing")
	void aConsumerWithoutAGroupCannotSubscribe() {
		try (Consumer<String, String> consumer = ProofClients.consumer("", Map.of())) {
			assertThatExceptionOfType(InvalidGroupIdException.class).isThrownBy(() -> {
				consumer.subscribe(List.of(this.topic));
				ProofClients.poll(consumer, 1);
			});
		}
	}

}
