package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Is told what happens to the lots of a listener. Must be fast and must not throw.
 *
 * @since 0.1.0
 */
public interface LotWatcher {

	/** A lot is loaded and in use. Called on a consumer thread. */
	void opened(OwnedLot lot);

	/** A lot is not owned any more. Called on a consumer thread. */
	void closed(OwnedLot lot);

	/** There may be something to do for a lane. Called on any thread. */
	void wake();

	/**
	 * What is parked of a partition cannot be known: nothing of it may be delivered.
	 * Called on any thread.
	 * @param partition the partition
	 * @param reason why
	 */
	void broken(TopicPartition partition, RuntimeException reason);

}
