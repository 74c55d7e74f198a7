package io.github.kafkaguardrails.pitfall.rules;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;

/** The way back from the retry topics of Spring Kafka. */
final class RetryTopicRemedy {

	private static final String PROPERTY = "spring.kafka.retry.topic.enabled";

	private RetryTopicRemedy() {
	}

	/** Retry in place instead. */
	static Finding blocking(Finding finding, ListenerSetup listener, PropertySetup properties) {
		Fix remove = properties.find(PROPERTY).isEmpty()
				? Fix.action("remove @RetryableTopic, or the RetryTopicConfiguration that matches its topics")
				: Fix.set(PROPERTY, false);
		return finding.withFix(remove).withFix(Fix.set(ListenerSettings.property(listener, "retry.mode"), "blocking"));
	}

}
