package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * The containers that the rules about consumers look at: those of the user's listeners
 * and those made by code. Containers of retry topics repeat what their main listener has,
 * and share consumers follow other rules.
 */
final class ConsumingListeners {

	private ConsumingListeners() {
	}

	static Stream<ListenerSetup> of(KafkaSetup setup) {
		return list(setup).stream();
	}

	/**
	 * The same as a list, for rules that run while the application starts: they use
	 * loops, because each lambda delays the start.
	 */
	static List<ListenerSetup> list(KafkaSetup setup) {
		List<ListenerSetup> listeners = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			if (listener.role() != ListenerSetup.Role.AUXILIARY
					&& listener.container().type() != ContainerSetup.Type.SHARE) {
				listeners.add(listener);
			}
		}
		return List.copyOf(listeners);
	}

}
