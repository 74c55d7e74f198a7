package io.github.kafkaguardrails.setup;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One configured value and where it comes from. {@link #text()} and {@link #toString()}
 * are safe to show; {@link #value()} and {@link #raw()} may hold a secret and must never
 * reach a report, log or endpoint.
 *
 * @param key the key, for example {@code acks} or {@code spring.kafka.listener.ack-mode}
 * @param value the value that the client receives, as it was given, or {@code null}
 * @param raw the text that the user wrote, placeholders unresolved, or {@code null} when
 * there is no such text
 * @param origin where the value comes from
 * @since 0.1.0
 */
public record ConfigValue(String key, @Nullable Object value, @Nullable String raw, ValueOrigin origin) {

	public ConfigValue {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(origin, "'origin' must not be null");
	}

	public static ConfigValue of(String key, @Nullable Object value, ValueOrigin origin) {
		return new ConfigValue(key, value, null, origin);
	}

	/** Whether the user chose this value. */
	public boolean explicit() {
		return this.origin.explicit();
	}

	/** The value as it may be shown: class names are spelled out, secrets are masked. */
	public String text() {
		Object shown = (this.value instanceof Class<?> type) ? type.getName() : this.value;
		return Secrets.mask(this.key, shown);
	}

	@Override
	public String toString() {
		return this.key + " = " + text() + " (" + this.origin + ")";
	}

}
