package io.github.kafkaguardrails.errorhandling;

import java.util.Iterator;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Lets a consumer go on whose container waits for futures. Such a container pauses all
 * partitions while records are in flight. When a rebalance takes away the partitions
 * those came from, it believes that nothing is paused, and with a protocol that leaves
 * the other partitions where they are (classic cooperative, consumer) it never resumes
 * them. After a rebalance it is therefore asked to pause, which is nothing new to the
 * partitions, and before its next poll to resume. One for each consumer thread, used by
 * that thread only.
 */
final class RebalanceResumer {

	private final MessageListenerContainer container;

	private boolean rebalanced;

	private @Nullable MessageListenerContainer paused;

	/**
	 * A resumer.
	 * @param container the container, or the parent of those that have the consumers
	 */
	RebalanceResumer(MessageListenerContainer container) {
		this.container = container;
	}

	/** Partitions were assigned, perhaps none. */
	void assigned() {
		this.rebalanced = true;
	}

	/** The records of a poll are delivered. */
	void afterPoll(Consumer<?, ?> consumer) {
		if (!this.rebalanced) {
			return;
		}
		Iterator<TopicPartition> partitions = consumer.paused().iterator();
		if (!partitions.hasNext()) {
			this.rebalanced = false;
			return;
		}
		// while somebody else wants a pause it is their resuming that covers all
		// partitions
		MessageListenerContainer own = (this.container.isRunning() && !this.container.isPauseRequested())
				? containerOf(partitions.next()) : null;
		if (own != null && !own.isPauseRequested()) {
			own.pause();
			this.paused = own;
			this.rebalanced = false;
		}
	}

	/**
	 * The container that has the consumer, or {@code null} when its parent is stopping.
	 */
	private @Nullable MessageListenerContainer containerOf(TopicPartition partition) {
		MessageListenerContainer own = this.container.getContainerFor(partition.topic(), partition.partition());
		boolean parent = own == this.container && own instanceof ConcurrentMessageListenerContainer;
		return parent ? null : own;
	}

	/** The container has paused what it wants to be paused in the next poll. */
	void beforePoll() {
		MessageListenerContainer own = this.paused;
		if (own != null) {
			this.paused = null;
			own.resume();
			if (this.container.isPauseRequested()) {
				// somebody else wants that, since just now
				own.pause();
			}
		}
	}

}
