package io.github.kafkaguardrails.pitfall.rules;

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
		return setup.listeners()
			.stream()
			.filter((listener) -> listener.role() != ListenerSetup.Role.AUXILIARY)
			.filter((listener) -> listener.container().type() != ContainerSetup.Type.SHARE);
	}

}
