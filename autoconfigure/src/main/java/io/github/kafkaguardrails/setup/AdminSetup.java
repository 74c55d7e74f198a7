package io.github.kafkaguardrails.setup;

/**
 * A {@code KafkaAdmin}.
 *
 * @param name bean name
 * @param config the effective configuration
 * @since 0.1.0
 */
public record AdminSetup(String name, ClientConfig config) {

	public Subject subject() {
		return new Subject(Subject.Kind.ADMIN, this.name);
	}

}
