package io.github.kafkaguardrails.pitfall.rules;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.kafka.streams.RecoveringDeserializationExceptionHandler;
import org.springframework.kafka.streams.RecoveringProcessingExceptionHandler;
import org.springframework.kafka.streams.RecoveringProductionExceptionHandler;
import org.springframework.kafka.support.serializer.DelegatingByTopicSerialization;
import org.springframework.kafka.support.serializer.DelegatingSerializer;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;
import org.springframework.kafka.support.serializer.ParseStringDeserializer;
import org.springframework.kafka.support.serializer.ToStringSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KnownKeys}. */
class KnownKeysTests {

	@Test
	void knowsExactlyTheKeysOfSpringKafka() throws IllegalAccessException {
		Set<String> keys = new TreeSet<>();
		for (Class<?> type : Set.of(JacksonJsonSerializer.class, JacksonJsonDeserializer.class,
				ErrorHandlingDeserializer.class, DelegatingSerializer.class, DelegatingByTopicSerialization.class,
				ToStringSerializer.class, ParseStringDeserializer.class,
				RecoveringDeserializationExceptionHandler.class, RecoveringProcessingExceptionHandler.class,
				RecoveringProductionExceptionHandler.class)) {
			for (Field field : type.getFields()) {
				if (field.getType() == String.class && String.valueOf(field.get(null)).startsWith("spring.")) {
					keys.add(String.valueOf(field.get(null)));
				}
			}
		}
		assertThat(keys).isEqualTo(new TreeSet<>(KnownKeys.SPRING));
	}

}
