package io.github.kafkaguardrails.samples.benchmark;

/**
 * One way of consuming a topic.
 */
interface Contender {

	/** Name for people, different from that of every other contender. */
	String name();

	/**
	 * Consume the whole topic once, with a listener that does nothing and a group of its
	 * own. Everything is closed when the method returns.
	 * @return records per second, once the first quarter has passed
	 * @throws IllegalStateException when not all records arrive
	 */
	double consume(Workload workload) throws InterruptedException;

}
