package io.github.kafkaguardrails.health;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;

/**
 * Health of ordered retry: what is parked is shown and is healthy; down only when what is
 * parked cannot be known, so that partitions are not consumed.
 *
 * @since 0.1.0
 */
public final class OrderedRetryHealthIndicator extends AbstractHealthIndicator {

	private final ParkedKeys parkedKeys;

	public OrderedRetryHealthIndicator(ParkedKeys parkedKeys) {
		super("Health check of ordered retry failed");
		this.parkedKeys = parkedKeys;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.parkedKeys.figures().forEach((listener, figures) -> {
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("parkedRecords", figures.records());
			details.put("parkedKeys", figures.keys());
			details.put("stoppedKeys", figures.stoppedKeys());
			details.put("deadKeys", figures.deadKeys());
			details.put("blockedPartitions", figures.blocked());
			details.put("outage", figures.outage());
			details.put("drainOnly", figures.drainOnly());
			if (!figures.broken().isEmpty()) {
				builder.down();
				details.put("unknown", figures.broken());
			}
			builder.withDetail(listener, details);
		});
	}

}
