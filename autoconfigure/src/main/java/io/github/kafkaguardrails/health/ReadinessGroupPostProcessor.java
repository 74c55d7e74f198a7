package io.github.kafkaguardrails.health;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;

/**
 * Adds a health contributor to the readiness group, all its components included. Must run
 * after the post-processor that creates the group.
 *
 * @since 0.1.0
 */
public final class ReadinessGroupPostProcessor implements HealthEndpointGroupsPostProcessor {

	private static final Log logger = LogFactory.getLog(ReadinessGroupPostProcessor.class);

	private final String contributor;

	/**
	 * A post-processor.
	 * @param contributor name of the health contributor
	 */
	public ReadinessGroupPostProcessor(String contributor) {
		this.contributor = contributor;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		if (groups.get(ReadinessGroups.READINESS) == null) {
			logger.warn("kafka.guardrails.health.readiness has no effect: there is no health group 'readiness'");
			return groups;
		}
		return new ReadinessGroups(groups, this.contributor);
	}

}
