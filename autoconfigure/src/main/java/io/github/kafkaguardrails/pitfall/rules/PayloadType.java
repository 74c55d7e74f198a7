package io.github.kafkaguardrails.pitfall.rules;

import java.util.Objects;
import java.util.Optional;

import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;

/** The class of the application that a listener takes. */
final class PayloadType {

	private PayloadType() {
	}

	/** Name of the class, when a method of the listener tells it. */
	static Optional<String> of(ListenerSetup listener) {
		return listener.methods()
			.stream()
			.map(ListenerMethod::payloadType)
			.filter(Objects::nonNull)
			.filter((type) -> type.contains(".") && !type.startsWith("java") && !type.startsWith("org.apache.kafka.")
					&& !type.startsWith("org.springframework.") && !type.endsWith("[]"))
			.findFirst();
	}

}
