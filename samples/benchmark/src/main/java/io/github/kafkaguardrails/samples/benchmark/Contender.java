package io.github.kafkaguardrails.samples.benchmark;

import java.time.Duration;

/**
 * One way of consuming a topic.
 */
interface Contender {

	/** Name for people, different from that of every other contender. */
	String name();

	/**
	 * Consume the whole topic once, with a listener that does nothing and a group of its
	 * own. Everything is closed when the method returns.
	 * @return the time from the first record to the last
	 * @throws IllegalStateException when not all records arrive
	 */
	Duration consume(Workload workload) throws InterruptedException;

}
