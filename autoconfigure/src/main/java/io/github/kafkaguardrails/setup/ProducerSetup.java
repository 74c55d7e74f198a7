package io.github.kafkaguardrails.setup;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A producer factory, or a template that has a factory of its own because it overrides
 * settings.
 *
 * @param name bean name of the factory, or of the template with overrides
 * @param templates the templates that send through it
 * @param defaultTopics the topics that the templates send to when nothing else is said
 * @param config the effective configuration; a transactional factory is described with
 * {@code transactional.id = <prefix>0}
 * @param keySerializer key serializer
 * @param valueSerializer value serializer
 * @param transactionIdPrefix transaction id prefix with its origin, or {@code null} when
 * the factory is not transactional
 * @param autoConfigured whether Spring Boot created the factory
 * @param customized whether the class overrides how producers are created, so that the
 * configuration may still change
 * @param clientMetrics whether a Micrometer listener is attached
 * @param producerPerThread whether each thread that sends gets a producer of its own
 * @since 0.1.0
 */
public record ProducerSetup(String name, List<TemplateSetup> templates, List<ConfigValue> defaultTopics,
		ClientConfig config, SerdeSetup keySerializer, SerdeSetup valueSerializer,
		@Nullable ConfigValue transactionIdPrefix, boolean autoConfigured, boolean customized, boolean clientMetrics,
		boolean producerPerThread) {

	public ProducerSetup {
		templates = List.copyOf(templates);
		defaultTopics = List.copyOf(defaultTopics);
	}

	public Subject subject() {
		return new Subject(Subject.Kind.PRODUCER, this.name);
	}

	/** Whether the factory makes transactional producers. */
	public boolean transactional() {
		return this.transactionIdPrefix != null;
	}

}
