package io.github.kafkaguardrails.errorhandling;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A way to end the handling of a failed record. One bean for each {@link Ending}.
 *
 * @since 0.1.0
 */
public interface EndingStrategy {

	/** The ending by which settings name this strategy. */
	Ending ending();

	/**
	 * Whether a record that ends this way can be found later or is still in its place.
	 */
	boolean keepsRecord();

	/** What the ending costs, in one sentence for the documentation. */
	String cost();

	/**
	 * The ending of a listener. Called once for each container, before it starts; must
	 * not contact a broker.
	 * @param listener the listener
	 */
	FailedRecordEnding forListener(ListenerContext listener);

	/**
	 * The topic that records of a listener end in, with {@code {topic}} for the source
	 * topic where there are several.
	 * @param listener the listener
	 * @return the topic, or {@code null} when records do not end in a topic
	 */
	default @Nullable String topic(ListenerContext listener) {
		return null;
	}

	/**
	 * Tells the topics that this ending makes for a listener.
	 * @param listener the listener
	 */
	default Predicate<String> ownTopics(ListenerContext listener) {
		return (topic) -> false;
	}

}
