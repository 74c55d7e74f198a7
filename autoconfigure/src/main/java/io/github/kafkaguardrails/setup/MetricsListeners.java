package io.github.kafkaguardrails.setup;

import java.util.Collection;
import java.util.Set;

/**
 * Tells whether the Micrometer listener of Spring Kafka is attached to a factory. It is
 * told by its name, so that Micrometer need not be on the class path.
 */
final class MetricsListeners {

	private static final Set<String> NAMES = Set.of("org.springframework.kafka.core.MicrometerConsumerListener",
			"org.springframework.kafka.core.MicrometerProducerListener");

	private MetricsListeners() {
	}

	static boolean attached(Collection<?> listeners) {
		for (Object listener : listeners) {
			if (isMetricsListener(listener.getClass())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isMetricsListener(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (NAMES.contains(current.getName())) {
				return true;
			}
		}
		return false;
	}

}
