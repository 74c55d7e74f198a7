package io.github.kafkaguardrails.setup;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.converter.MessagingMessageConverter;

/**
 * Describes templates.
 */
final class TemplateReader {

	private final TemplateInjectionReader injections;

	TemplateReader(TemplateInjectionReader injections) {
		this.injections = injections;
	}

	TemplateSetup read(String name, KafkaTemplate<?, ?> template, ProducerFactory<?, ?> factory) {
		return new TemplateSetup(name, flag(Fields.read(template, KafkaTemplate.class, "observationEnabled")),
				converting(template, factory), this.injections.read(name));
	}

	private static @Nullable Boolean flag(@Nullable Object value) {
		return (value instanceof Boolean flag) ? flag : null;
	}

	private static boolean converting(KafkaTemplate<?, ?> template, ProducerFactory<?, ?> factory) {
		List<?> postProcessors = factory.getPostProcessors();
		return template.getMessageConverter().getClass() != MessagingMessageConverter.class
				|| Fields.read(template, KafkaTemplate.class, "producerInterceptor") != null
				|| !postProcessors.isEmpty();
	}

}
