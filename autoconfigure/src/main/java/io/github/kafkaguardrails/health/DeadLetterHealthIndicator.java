package io.github.kafkaguardrails.health;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;

/**
 * Health of the dead-letter topics: down while the last failing record of a listener
 * could not be written to its dead-letter topic, or could not be ended in another way.
 *
 * @since 0.1.0
 */
public final class DeadLetterHealthIndicator extends AbstractHealthIndicator {

	private final FailedEndings failures;

	private final ErrorHandlingRegistry registry;

	public DeadLetterHealthIndicator(FailedEndings failures, ErrorHandlingRegistry registry) {
		super("Health check of the dead-letter topics failed");
		this.failures = failures;
		this.registry = registry;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.failures.byListener().forEach((listenerId, failed) -> {
			builder.down();
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("record", failed.position());
			details.put("topic", topic(listenerId, failed));
			details.put("exception", failed.exception());
			builder.withDetail(listenerId, details);
		});
	}

	/** The dead-letter topic, or the topic of the record when there is none. */
	private String topic(String listenerId, FailedEndings.FailedEnding failed) {
		return this.registry.listeners()
			.stream()
			.filter((listener) -> listener.context().id().equals(listenerId) && listener.endingTopic() != null)
			.map((listener) -> String.valueOf(listener.endingTopic()).replace("{topic}", failed.sourceTopic()))
			.findFirst()
			.orElse(failed.sourceTopic());
	}

}
