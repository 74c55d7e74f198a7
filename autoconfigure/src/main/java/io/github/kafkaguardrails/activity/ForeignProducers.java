package io.github.kafkaguardrails.activity;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;

/**
 * Counts the producers of this process that no producer factory of Spring made, by the
 * MBeans that Kafka registers for each of them. One that was closed before anybody looked
 * is not counted, nor is one whose client id was there before.
 */
final class ForeignProducers {

	/** What stands for the factory. */
	static final String OWNER = "producers made without Spring";

	private static final int MAX_IDS = 10_000;

	private final Clock clock;

	private final Map<String, Instant> seen = new HashMap<>();

	ForeignProducers(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Look at the producers that there are now.
	 * @param known client ids of those that Spring made
	 * @return empty when there are no others
	 */
	synchronized Optional<ProducerCreations> look(Set<String> known) {
		Set<String> open = clientIds();
		open.removeAll(known);
		Instant now = this.clock.instant();
		Instant begin = now.minus(ProducerCreations.WINDOW);
		this.seen.entrySet().removeIf((entry) -> entry.getValue().isBefore(begin) && !open.contains(entry.getKey()));
		open.stream().filter((id) -> this.seen.size() < MAX_IDS).forEach((id) -> this.seen.putIfAbsent(id, now));
		long created = this.seen.values().stream().filter((first) -> !first.isBefore(begin)).count();
		return (created > 0 || !open.isEmpty())
				? Optional
					.of(new ProducerCreations(OWNER, (int) Math.min(created, ProducerCreations.LIMIT), open.size()))
				: Optional.empty();
	}

	private static Set<String> clientIds() {
		Set<String> ids = new HashSet<>();
		try {
			for (ObjectName name : ManagementFactory.getPlatformMBeanServer()
				.queryNames(new ObjectName("kafka.producer:type=app-info,id=*"), null)) {
				String id = name.getKeyProperty("id");
				ids.add(id.startsWith("\"") ? ObjectName.unquote(id) : id);
			}
		}
		catch (MalformedObjectNameException ex) {
			throw new IllegalStateException(ex);
		}
		return ids;
	}

}
