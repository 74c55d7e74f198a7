package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * Takes failed records out of their partition, so that the records behind them go on. All
 * methods are called on consumer threads.
 *
 * @since 0.1.0
 */
public interface FailedRecordDiverter {

	/**
	 * Whether the delivery that failed last on this thread cannot be diverted: the record
	 * keeps its place and is delivered again after a pause.
	 */
	boolean blocks();

	/** The positions were set back to the record that blocks. */
	void setBack();

	/**
	 * Take over a failed record.
	 * @param failed the record, with the deliveries so far
	 * @param consumer consumer of the record
	 * @return whether the listener goes on with the next one; if not, the record comes
	 * back soon
	 */
	boolean divert(FailedRecord failed, Consumer<?, ?> consumer);

}
