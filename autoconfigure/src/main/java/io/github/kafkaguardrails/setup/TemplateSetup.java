package io.github.kafkaguardrails.setup;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A {@code KafkaTemplate}.
 *
 * @param name bean name
 * @param observationEnabled whether it takes part in observations, or {@code null} when
 * that is not known
 * @param converting whether something may turn what is sent into another type before it
 * is serialized: a message converter of the application, an interceptor, or a
 * post-processor of the producer
 * @param injections where it is injected with types that are known
 * @since 0.1.0
 */
public record TemplateSetup(String name, @Nullable Boolean observationEnabled, boolean converting,
		List<Injection> injections) {

	public TemplateSetup {
		injections = List.copyOf(injections);
	}

	/**
	 * A place where a template is injected.
	 *
	 * @param place class and member, ready to print
	 * @param keyType class name of the declared key type, or {@code null} when there is
	 * none
	 * @param valueType class name of the declared value type, or {@code null} when there
	 * is none
	 * @param passedOn whether the code of a configuration receives it, which may hand it
	 * to something that sends other types
	 */
	public record Injection(String place, @Nullable String keyType, @Nullable String valueType, boolean passedOn) {

	}

}
