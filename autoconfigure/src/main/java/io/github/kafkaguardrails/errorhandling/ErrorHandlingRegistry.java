package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The listeners whose failing records Kafka Guardrails handles. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class ErrorHandlingRegistry {

	private final Map<String, HandledListener> listeners = new ConcurrentHashMap<>();

	void add(HandledListener listener) {
		this.listeners.put(listener.context().id(), listener);
	}

	/** The listeners handled at present. */
	public Collection<HandledListener> listeners() {
		List<HandledListener> handled = new ArrayList<>();
		for (HandledListener listener : this.listeners.values()) {
			if (listener.context().handled()) {
				handled.add(listener);
			}
		}
		return handled;
	}

	/**
	 * A listener that is handled.
	 *
	 * @param context the listener
	 * @param byDefault whether the user set nothing for it, so that a safe default
	 * applies
	 * @param endingTopic topic that its records end in, with {@code {topic}} for the
	 * source topic where there are several, or {@code null} when there is none
	 */
	public record HandledListener(ListenerContext context, boolean byDefault, @Nullable String endingTopic) {

	}

}
