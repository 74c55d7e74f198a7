package io.github.kafkaguardrails.setup;

import java.util.stream.Stream;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KnownSerdes}. */
class KnownSerdesTests {

	@Test
	void deserializersAreWhatTheirNamesSay() {
		assertThat(KnownSerdes.GIVEN).isNotEmpty()
			.allSatisfy((name,
					given) -> assertThat(
							ResolvableType.forClass(load(name)).as(Deserializer.class).getGeneric(0).resolve())
						.isEqualTo(given));
	}

	@Test
	void serializersExist() {
		assertThat(Stream.of(KnownSerdes.BYTES_UNCHANGED, KnownSerdes.BYTES_REFUSED).flatMap((names) -> names.stream()))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(load(name)).isAssignableTo(Serializer.class));
	}

	private static Class<?> load(String name) {
		return ClassUtils.resolveClassName(name, KnownSerdesTests.class.getClassLoader());
	}

}
