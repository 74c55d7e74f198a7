package io.github.kafkaguardrails.background;

/**
 * What a {@link BackgroundThread} does. All methods are called on that thread.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BackgroundWork {

	/**
	 * Work once. Ends early when its thread is interrupted, with any exception.
	 * @throws InterruptedException when its thread is interrupted
	 */
	void run() throws InterruptedException;

	/**
	 * Note that {@link #run()} failed while it was wanted.
	 * @param ex what it has thrown
	 */
	default void failed(RuntimeException ex) {
		throw ex;
	}

	/** Give back what was needed: there is no further run. */
	default void close() {
	}

}
