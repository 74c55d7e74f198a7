package io.github.kafkaguardrails.errorhandling.topics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Header values in the form that Spring Kafka uses: text in UTF-8, numbers big-endian.
 * Setting a value replaces the old one.
 *
 * @since 0.1.0
 */
public final class HeaderValues {

	private HeaderValues() {
	}

	public static void set(Headers headers, String name, @Nullable String value) {
		if (value != null) {
			set(headers, name, value.getBytes(StandardCharsets.UTF_8));
		}
	}

	public static void set(Headers headers, String name, int value) {
		set(headers, name, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
	}

	public static void set(Headers headers, String name, long value) {
		set(headers, name, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	private static void set(Headers headers, String name, byte[] value) {
		headers.remove(name);
		headers.add(name, value);
	}

	/** A text, or {@code null} when the header is absent. */
	public static @Nullable String text(Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

	/** A number of four or eight bytes; the default when there is none. */
	public static long number(Headers headers, String name, long defaultValue) {
		Header header = headers.lastHeader(name);
		byte[] value = (header != null) ? header.value() : null;
		if (value != null && value.length == Long.BYTES) {
			return ByteBuffer.wrap(value).getLong();
		}
		if (value != null && value.length == Integer.BYTES) {
			return ByteBuffer.wrap(value).getInt();
		}
		return defaultValue;
	}

}
