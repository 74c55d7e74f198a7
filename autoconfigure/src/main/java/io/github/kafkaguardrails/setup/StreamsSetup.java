package io.github.kafkaguardrails.setup;

/**
 * A Kafka Streams application ({@code StreamsBuilderFactoryBean}).
 *
 * @param name bean name
 * @param config the effective configuration
 * @since 0.1.0
 */
public record StreamsSetup(String name, ClientConfig config) {

	public Subject subject() {
		return new Subject(Subject.Kind.STREAMS, this.name);
	}

}
