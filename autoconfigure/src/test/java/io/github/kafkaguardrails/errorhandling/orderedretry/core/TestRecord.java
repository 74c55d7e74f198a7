package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A source record of the tests.
 *
 * @param name text of the key, or {@code null} for a record without a key
 * @param offset source offset
 * @param size bytes in memory
 */
record TestRecord(@Nullable String name, long offset, int size) implements SourceRecord {

	static TestRecord of(@Nullable String name, long offset) {
		return new TestRecord(name, offset, 100);
	}

	@Override
	public byte @Nullable [] key() {
		return bytes(this.name);
	}

	static byte @Nullable [] bytes(@Nullable String name) {
		return (name != null) ? name.getBytes(StandardCharsets.UTF_8) : null;
	}

}
