package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientValueComparisonTests {

	@Test
	void comparesDurationsInMilliseconds() {
		assertThat(same("max.poll.interval.ms", 120000, "2m")).isTrue();
		assertThat(same("max.poll.interval.ms", 120000, "120000")).isTrue();
		assertThat(same("max.poll.interval.ms", 120000, Duration.ofMinutes(2))).isTrue();
		assertThat(same("max.poll.interval.ms", 120000, "PT2M")).isTrue();
		assertThat(same("max.poll.interval.ms", 120000, "3m")).isFalse();
	}

	@Test
	void comparesSizesInBytes() {
		assertThat(same("fetch.min.bytes", 1024, "1KB")).isTrue();
		assertThat(same("fetch.min.bytes", 1024, "1MB")).isFalse();
	}

	@Test
	void comparesClassesByName() {
		String name = StringDeserializer.class.getName();
		assertThat(same("value.deserializer", StringDeserializer.class, name)).isTrue();
		assertThat(same("value.deserializer", name, " " + name + " ")).isTrue();
		assertThat(same("value.deserializer", StringDeserializer.class, "com.example.Other")).isFalse();
	}

	@Test
	void comparesChoicesWithoutCase() {
		assertThat(same("isolation.level", "read_committed", "READ_COMMITTED")).isTrue();
		assertThat(same("isolation.level", "read_committed", "read-committed")).isTrue();
		assertThat(same("isolation.level", "read_committed", "read-uncommitted")).isFalse();
	}

	@Test
	void comparesFlagsAsSpringReadsThem() {
		assertThat(same("enable.auto.commit", true, "on")).isTrue();
		assertThat(same("enable.auto.commit", false, "off")).isTrue();
		assertThat(same("enable.auto.commit", true, "off")).isFalse();
	}

	@Test
	void comparesListsElementByElement() {
		assertThat(same("bootstrap.servers", List.of("a:1", "b:2"), "a:1, b:2")).isTrue();
		assertThat(same("bootstrap.servers", List.of("a:1", "b:2"), List.of("a:1", "b:2"))).isTrue();
		assertThat(same("bootstrap.servers", List.of("a:1", "b:2"), "b:2,a:1")).isFalse();
	}

	@Test
	void comparesLocationsByFileName() {
		assertThat(same("ssl.keystore.location", "/srv/app/classes/store.jks", "classpath:store.jks")).isTrue();
		assertThat(same("ssl.keystore.location", "/srv/app/store.jks", "file:/srv/app/other.jks")).isFalse();
	}

	@Test
	void comparesUnknownKeysAsText() {
		assertThat(same("schema.registry.url", "http://a", "http://a")).isTrue();
		assertThat(same("schema.registry.url", "http://a", null)).isFalse();
	}

	private static boolean same(String key, Object given, @Nullable Object property) {
		return ClientValueComparison.same(ClientType.CONSUMER, key, given, property);
	}

}
