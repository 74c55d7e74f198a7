package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;

/** The keys that a consumer refuses because they belong to another group protocol. */
final class GroupProtocolConflicts {

	private static final List<String> SHARE_KEYS = List.of("share.acknowledgement.mode", "share.acquire.mode");

	private static final List<String> CLASSIC_KEYS = List.of("session.timeout.ms", "heartbeat.interval.ms",
			"partition.assignment.strategy");

	private static final List<String> CONSUMER_KEYS = List.of("group.remote.assignor");

	private GroupProtocolConflicts() {
	}

	/** The refused values, in a fixed order; empty when the protocol is not known. */
	static List<ConfigValue> of(ClientConfig config) {
		if (!classic(config) && !consumer(config)) {
			return List.of();
		}
		return Stream
			.concat(consumer(config) ? given(config, CLASSIC_KEYS) : given(config, CONSUMER_KEYS),
					given(config, SHARE_KEYS))
			.toList();
	}

	/** Whether the client would accept the consumer protocol without further changes. */
	static boolean readyForConsumerProtocol(ClientConfig config) {
		return refusedByConsumerProtocol(config).isEmpty();
	}

	/** The values that would have to go for the consumer protocol. */
	static List<ConfigValue> refusedByConsumerProtocol(ClientConfig config) {
		return Stream.concat(given(config, CLASSIC_KEYS), given(config, SHARE_KEYS)).toList();
	}

	static boolean classic(ClientConfig config) {
		return "classic".equalsIgnoreCase(config.string("group.protocol"));
	}

	static boolean consumer(ClientConfig config) {
		return "consumer".equalsIgnoreCase(config.string("group.protocol"));
	}

	private static Stream<ConfigValue> given(ClientConfig config, List<String> keys) {
		return keys.stream()
			.map(config::given)
			.flatMap(Optional::stream)
			.filter((value) -> value.value() != null && !String.valueOf(value.value()).isBlank());
	}

}
