package io.github.kafkaguardrails.errorhandling;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RebalanceResumer}; {@link TwoInstancesIntegrationTests} has a broker.
 */
class RebalanceResumerTests {

	private final KafkaMessageListenerContainer<String, String> container = new KafkaMessageListenerContainer<>(
			new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("orders")) {

		@Override
		public boolean isRunning() {
			return true;
		}

	};

	private final MockConsumer<String, String> consumer = new MockConsumer<>("none");

	private final RebalanceResumer resumer = new RebalanceResumer(this.container);

	@BeforeEach
	void pauseAPartition() {
		TopicPartition partition = new TopicPartition("orders", 0);
		this.consumer.assign(List.of(partition));
		this.consumer.pause(List.of(partition));
	}

	@Test
	void pausesAndResumesOnceAfterARebalance() {
		this.resumer.assigned();
		this.resumer.afterPoll(this.consumer);
		assertThat(this.container.isPauseRequested()).isTrue();
		this.resumer.beforePoll();
		assertThat(this.container.isPauseRequested()).isFalse();
		this.resumer.afterPoll(this.consumer);
		assertThat(this.container.isPauseRequested()).isFalse();
	}

	@Test
	void leavesAConsumerWithoutPausedPartitionsAlone() {
		this.consumer.resume(this.consumer.paused());
		this.resumer.assigned();
		this.resumer.afterPoll(this.consumer);
		assertThat(this.container.isPauseRequested()).isFalse();
	}

	@Test
	void doesNotResumeWhatTheUserHasPaused() {
		this.container.pause();
		this.resumer.assigned();
		this.resumer.afterPoll(this.consumer);
		this.resumer.beforePoll();
		assertThat(this.container.isPauseRequested()).isTrue();
	}

	@Test
	void looksAgainWhenTheUserNoLongerPauses() {
		this.container.pause();
		this.resumer.assigned();
		this.resumer.afterPoll(this.consumer);
		this.container.resume();
		this.resumer.afterPoll(this.consumer);
		assertThat(this.container.isPauseRequested()).isTrue();
	}

	@Test
	void doesNotResumeAChildThatTheUserHasPaused() {
		RebalanceResumer ofParent = new RebalanceResumer(parent());
		this.container.pause();
		ofParent.assigned();
		ofParent.afterPoll(this.consumer);
		ofParent.beforePoll();
		assertThat(this.container.isPauseRequested()).isTrue();
	}

	@Test
	void doesNotResumeTheChildOfAContainerThatTheUserPausesMeanwhile() {
		KafkaMessageListenerContainer<String, String> parent = parent();
		RebalanceResumer ofParent = new RebalanceResumer(parent);
		ofParent.assigned();
		ofParent.afterPoll(this.consumer);
		parent.pause();
		ofParent.beforePoll();
		assertThat(this.container.isPauseRequested()).isTrue();
	}

	/** A container whose child is the one that has the consumer. */
	private KafkaMessageListenerContainer<String, String> parent() {
		return new KafkaMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(Map.of()),
				new ContainerProperties("orders")) {

			@Override
			public boolean isRunning() {
				return true;
			}

			@Override
			public KafkaMessageListenerContainer<String, String> getContainerFor(String topic, int partition) {
				return RebalanceResumerTests.this.container;
			}

		};
	}

}
