package io.github.kafkaguardrails.setup;

/**
 * A consumer factory. What a listener really runs with stands in
 * {@link ListenerSetup#consumer()}, because containers override factory settings.
 *
 * @param name bean name of the factory
 * @param config the factory's configuration
 * @param autoConfigured whether Spring Boot created the factory
 * @param clientMetrics whether a Micrometer listener is attached
 * @since 0.1.0
 */
public record ConsumerSetup(String name, ClientConfig config, boolean autoConfigured, boolean clientMetrics) {

	public Subject subject() {
		return new Subject(Subject.Kind.CONSUMER, this.name);
	}

}
