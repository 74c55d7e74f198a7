package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.common.TopicPartition;

/** For tests that need no watcher. */
final class NobodyWatches implements LotWatcher {

	@Override
	public void opened(OwnedLot lot) {
	}

	@Override
	public void closed(OwnedLot lot) {
	}

	@Override
	public void wake() {
	}

	@Override
	public void broken(TopicPartition partition, RuntimeException reason) {
	}

}
