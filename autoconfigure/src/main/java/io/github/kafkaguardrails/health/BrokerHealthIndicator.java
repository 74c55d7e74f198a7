package io.github.kafkaguardrails.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of the connection to the cluster, as of the latest check in the background.
 * Never waits: the status is unknown until the first check has ended.
 *
 * @since 0.1.0
 */
public final class BrokerHealthIndicator implements HealthIndicator {

	private final BrokerMonitor monitor;

	public BrokerHealthIndicator(BrokerMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public Health health() {
		return this.monitor.latest();
	}

}
