package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import io.github.kafkaguardrails.setup.SerdeSetup;

/** What is known of the (de)serializers of Kafka and Spring Kafka. */
final class SpringSerdes {

	static final String PACKAGE = "org.springframework.kafka.support.serializer.";

	private static final Set<String> JSON = Set.of(PACKAGE + "JacksonJsonDeserializer", PACKAGE + "JsonDeserializer",
			PACKAGE + "JacksonJsonSerializer", PACKAGE + "JsonSerializer");

	private static final List<String> UNDERSTOOD = List.of("org.apache.kafka.common.serialization.", PACKAGE);

	private SpringSerdes() {
	}

	/** Whether it is given by a class of which it is known what it reads. */
	static boolean understood(SerdeSetup serde) {
		String type = serde.effectiveClassName();
		return !serde.instance() && UNDERSTOOD.stream().anyMatch(type::startsWith) && !type.contains(".Delegating")
				&& !type.endsWith(".ErrorHandlingDeserializer");
	}

	/** Whether it is given by a class and reads or writes JSON. */
	static boolean json(SerdeSetup serde) {
		return !serde.instance() && JSON.contains(serde.effectiveClassName());
	}

}
