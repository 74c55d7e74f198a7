package io.github.kafkaguardrails.errorhandling;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * A way to try a failing record again. One bean for each {@link RetryMode}; the settings
 * name it by its mode.
 *
 * @since 0.1.0
 */
public interface ErrorHandlingStrategy {

	/** The mode by which settings name this strategy. */
	RetryMode mode();

	/** What the strategy keeps, whatever the ending. */
	Set<Guarantee> guarantees();

	/** What the strategy costs, in one sentence for the documentation. */
	String cost();

	/** Whether the container itself delivers a failing record again. */
	boolean retriesInPlace();

	/**
	 * Why this strategy cannot work for a listener.
	 * @param listener the listener
	 * @return reasons with the way out, in the user's words; empty when it can work
	 */
	default List<String> refusals(ListenerContext listener) {
		return List.of();
	}

	/**
	 * Prepare the strategy for a listener. Called once for each container, before it
	 * starts, on the thread that creates it; must not contact a broker.
	 * @param listener the listener
	 * @param ending what happens after the last attempt
	 * @return what happens to a record that the container does not deliver again
	 */
	default FailedRecordEnding prepare(ListenerContext listener, FailedRecordEnding ending) {
		return ending;
	}

	/**
	 * What takes failed records out of their partition, for a strategy that does so
	 * without stopping it. Called once for each container, before it starts; may wrap its
	 * listener, must not contact a broker.
	 * @param listener the listener
	 * @param ending what happens after the last attempt
	 * @return what takes them, or {@code null} when nothing does
	 */
	default @Nullable FailedRecordDiverter diverter(ListenerContext listener, FailedRecordEnding ending) {
		return null;
	}

	/**
	 * Tells the topics that this strategy makes for a listener.
	 * @param listener the listener
	 */
	default Predicate<String> ownTopics(ListenerContext listener) {
		return (topic) -> false;
	}

	/**
	 * Further containers that deliver failed records of a listener. They are handled like
	 * the listener's own container. Called once for each container, before it starts.
	 * @param listener the listener
	 * @return the containers, registered and not started; empty when none are needed
	 */
	default List<AbstractMessageListenerContainer<?, ?>> containers(ListenerContext listener) {
		return List.of();
	}

}
