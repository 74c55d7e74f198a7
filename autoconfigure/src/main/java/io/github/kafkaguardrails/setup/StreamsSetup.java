package io.github.kafkaguardrails.setup;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka Streams application ({@code StreamsBuilderFactoryBean}).
 *
 * @param name bean name
 * @param config the effective configuration, with what the factory bean adds when it
 * starts
 * @param cleanupOnStart whether the local state is deleted when it starts
 * @param cleanupOnStop whether the local state is deleted when it stops
 * @param uncaughtExceptionHandler whether a handler decides what an uncaught exception
 * leads to, or {@code null} when that is not known
 * @param stateful whether the topology has state stores, or {@code null} while it is not
 * built yet
 * @since 0.1.0
 */
public record StreamsSetup(String name, ClientConfig config, boolean cleanupOnStart, boolean cleanupOnStop,
		@Nullable Boolean uncaughtExceptionHandler, @Nullable Boolean stateful) {

	public Subject subject() {
		return new Subject(Subject.Kind.STREAMS, this.name);
	}

	/** Something that the factory bean says. */
	public ConfigValue fact(String key, Object value) {
		return ConfigValue.of(key, value, ValueOrigin.code("bean '" + this.name + "'"));
	}

}
