package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;

/** The keys that a consumer refuses because they belong to another group protocol. */
final class GroupProtocolConflicts {

	private static final String SHARE_ACKNOWLEDGEMENT = "share.acknowledgement.mode";

	private static final String SHARE_ACQUIRE = "share.acquire.mode";

	private static final List<String> REFUSED_BY_CLASSIC = List.of("group.remote.assignor", SHARE_ACKNOWLEDGEMENT,
			SHARE_ACQUIRE);

	private static final List<String> REFUSED_BY_CONSUMER = List.of("session.timeout.ms", "heartbeat.interval.ms",
			"partition.assignment.strategy", SHARE_ACKNOWLEDGEMENT, SHARE_ACQUIRE);

	private GroupProtocolConflicts() {
	}

	/** The refused values, in a fixed order; empty when the protocol is not known. */
	static List<ConfigValue> of(ClientConfig config) {
		if (consumer(config)) {
			return refusedByConsumerProtocol(config);
		}
		return classic(config) ? given(config, REFUSED_BY_CLASSIC) : List.of();
	}

	/** Whether the client would accept the consumer protocol without further changes. */
	static boolean readyForConsumerProtocol(ClientConfig config) {
		return refusedByConsumerProtocol(config).isEmpty();
	}

	/** The values that would have to go for the consumer protocol. */
	static List<ConfigValue> refusedByConsumerProtocol(ClientConfig config) {
		return given(config, REFUSED_BY_CONSUMER);
	}

	static boolean classic(ClientConfig config) {
		return "classic".equalsIgnoreCase(config.string("group.protocol"));
	}

	static boolean consumer(ClientConfig config) {
		return "consumer".equalsIgnoreCase(config.string("group.protocol"));
	}

	private static List<ConfigValue> given(ClientConfig config, List<String> keys) {
		List<ConfigValue> given = new ArrayList<>();
		for (String key : keys) {
			Optional<ConfigValue> value = config.given(key);
			if (value.isPresent() && !blank(value.get())) {
				given.add(value.get());
			}
		}
		return List.copyOf(given);
	}

	private static boolean blank(ConfigValue value) {
		return value.value() == null || String.valueOf(value.value()).isBlank();
	}

}
