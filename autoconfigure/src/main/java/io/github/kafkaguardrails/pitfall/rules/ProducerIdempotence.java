package io.github.kafkaguardrails.pitfall.rules;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * What an idempotent producer cannot work with. The client switches idempotence off
 * without an error, unless it is required: then it refuses the configuration.
 */
final class ProducerIdempotence {

	private static final Set<String> WEAK_ACKS = Set.of("0", "1");

	private ProducerIdempotence() {
	}

	/** Whether the client refuses what idempotence cannot work with. */
	static boolean required(ProducerSetup producer) {
		ClientConfig config = producer.config();
		return producer.transactional() || config.given("transactional.id").isPresent()
				|| (config.given("enable.idempotence").isPresent() && config.flag("enable.idempotence"));
	}

	/** The values that switch idempotence off or forbid it. */
	static Stream<ConfigValue> obstacles(ClientConfig config) {
		return Stream.of(weakAcks(config), noRetries(config), disabled(config)).flatMap(Optional::stream);
	}

	static Optional<ConfigValue> disabled(ClientConfig config) {
		return config.given("enable.idempotence")
			.filter((value) -> "false".equalsIgnoreCase(config.string("enable.idempotence")));
	}

	static Optional<ConfigValue> weakAcks(ClientConfig config) {
		return config.given("acks")
			.filter((value) -> WEAK_ACKS.contains(config.string("acks")) && RejectedValues.accepts(config, "acks"));
	}

	private static Optional<ConfigValue> noRetries(ClientConfig config) {
		return config.given("retries")
			.filter((value) -> config.number("retries").orElse(1) == 0 && RejectedValues.accepts(config, "retries"));
	}

	/** A copy of the finding with the way to remove this obstacle. */
	static Finding mend(Finding finding, ConfigValue obstacle) {
		return switch (obstacle.key()) {
			case "acks" -> Remedy.set(finding, obstacle, "spring.kafka.producer.acks", "all");
			case "enable.idempotence" ->
				Remedy.set(finding, obstacle, "spring.kafka.producer.properties.enable.idempotence", true);
			default -> finding.withFix(Remedy.delete(obstacle));
		};
	}

}
