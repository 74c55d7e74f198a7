package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;

/**
 * What is tormented in one run, drawn from its seed.
 *
 * @param seed the seed
 * @param protocol protocol of the group
 * @param ackMode acknowledge mode of the container
 * @param afterDeadLetter what happens to the followers of a dead letter
 * @param zombies whether instances are frozen until they lose their partitions
 */
record ChaosScenario(long seed, Protocol protocol, String ackMode, String afterDeadLetter, boolean zombies) {

	/** How long the broker waits for a silent instance. */
	static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

	private static final List<String> ACK_MODES = List.of("batch", "record", "manual");

	private static final List<String> AFTER_DEAD_LETTER = List.of("release", "park");

	static ChaosScenario of(long seed) {
		Random random = new Random(seed);
		int mix = (int) Math.floorMod(seed, 6L);
		return new ChaosScenario(seed, Protocol.values()[mix % 3], ACK_MODES.get(random.nextInt(3)),
				AFTER_DEAD_LETTER.get(random.nextInt(2)), mix >= 3);
	}

	/**
	 * The arguments of an instance.
	 * @param mode retry mode
	 */
	List<String> arguments(String mode) {
		Map<String, Object> properties = new TreeMap<>(this.protocol.properties());
		properties.put(ChaosInstance.MANUAL, this.ackMode.equals("manual"));
		properties.put("spring.kafka.listener.ack-mode", this.ackMode);
		properties.put("spring.kafka.consumer.auto-offset-reset", "earliest");
		properties.put("spring.kafka.consumer.max-poll-records", 50);
		String listener = "kafka.guardrails.listeners.chaos.";
		properties.put(listener + "retry.mode", mode);
		properties.put(listener + "retry.initial-interval", "100ms");
		properties.put(listener + "retry.max-interval", "500ms");
		properties.put(listener + "retry.max-attempts", 8);
		if (mode.equals("ordered")) {
			properties.put(listener + "ordered.after-dead-letter", this.afterDeadLetter);
		}
		properties.put("kafka.guardrails.health.broker.enabled", false);
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.org.apache.kafka", "error");
		List<String> arguments = new ArrayList<>();
		properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
		return arguments;
	}

	@Override
	public String toString() {
		return "seed %d: %s, ack-mode %s, after-dead-letter %s%s".formatted(this.seed, this.protocol, this.ackMode,
				this.afterDeadLetter, this.zombies ? ", zombies" : "");
	}

	/** How the members of a group share its partitions. */
	enum Protocol {

		CLASSIC, COOPERATIVE, CONSUMER;

		Map<String, Object> properties() {
			String consumer = "spring.kafka.consumer.properties.";
			if (this == CONSUMER) {
				return Map.of(consumer + "group.protocol", "consumer");
			}
			Class<?> assignor = (this == CLASSIC) ? RangeAssignor.class : CooperativeStickyAssignor.class;
			return Map.of(consumer + "partition.assignment.strategy", assignor.getName(),
					consumer + "session.timeout.ms", SESSION_TIMEOUT.toMillis(),
					"spring.kafka.consumer.heartbeat-interval", "1s");
		}

	}

}
