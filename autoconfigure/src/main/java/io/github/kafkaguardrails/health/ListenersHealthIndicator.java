package io.github.kafkaguardrails.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.activity.AbnormalStops;

/**
 * Health of the listener containers: down when one of them has stopped although nobody
 * asked it to. A container that somebody stopped or paused, or that does not start with
 * the application, is healthy.
 *
 * @since 0.1.0
 */
public final class ListenersHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<Collection<MessageListenerContainer>> containers;

	private final AbnormalStops stops;

	public ListenersHealthIndicator(Supplier<Collection<MessageListenerContainer>> containers, AbnormalStops stops) {
		super("Health check of the Kafka listeners failed");
		this.containers = containers;
		this.stops = stops;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (MessageListenerContainer container : this.containers.get()) {
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("running", container.isRunning());
			details.put("paused", container.isPauseRequested());
			if (!container.isInExpectedState()) {
				builder.down();
				ConsumerStoppedEvent.Reason reason = this.stops.reason(container);
				details.put("reason", (reason != null) ? reason.name() : "unknown");
			}
			builder.withDetail(container.getListenerId(), details);
		}
	}

}
