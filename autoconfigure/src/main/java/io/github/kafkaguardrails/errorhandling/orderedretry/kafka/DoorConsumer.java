package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * The consumer that an ordered listener's container works with: nothing is committed but
 * through it. Made as a proxy, see {@link CommitDoor}.
 *
 * @param <K> key type
 * @param <V> value type
 * @since 0.1.0
 */
public interface DoorConsumer<K, V> extends Consumer<K, V> {

	/** The lots of the partitions that this consumer owns. */
	LotOwner lotOwner();

	/** The lots of a consumer that a container hands to somebody. */
	static LotOwner ownerOf(Consumer<?, ?> consumer) {
		if (consumer instanceof DoorConsumer<?, ?> door) {
			return door.lotOwner();
		}
		throw new IllegalStateException("The container does not use the consumer that it was given for ordered retry");
	}

}
