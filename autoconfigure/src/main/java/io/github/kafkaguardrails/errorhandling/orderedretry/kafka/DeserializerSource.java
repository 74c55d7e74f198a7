package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Makes the deserializers of a consumer as its application has configured them: for the
 * consumer itself, and for the threads that deliver parked records. Safe for use by
 * several threads; a pair of deserializers is used by one at a time.
 */
final class DeserializerSource implements AutoCloseable {

	private final @Nullable Object keyClass;

	private final @Nullable Object valueClass;

	private final @Nullable Supplier<? extends @Nullable Deserializer<?>> keys;

	private final @Nullable Supplier<? extends @Nullable Deserializer<?>> values;

	private final boolean configure;

	private final Map<Boolean, Map<String, Object>> configs = new ConcurrentHashMap<>();

	private final Queue<Pair> idle = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	/**
	 * A source.
	 * @param effective configuration of the consumer
	 * @param keys makes deserializers of keys, or {@code null} for those of the
	 * configuration
	 * @param values makes deserializers of values, or {@code null}
	 * @param configure whether those that were made are to be configured
	 */
	DeserializerSource(Map<String, Object> effective, @Nullable Supplier<? extends @Nullable Deserializer<?>> keys,
			@Nullable Supplier<? extends @Nullable Deserializer<?>> values, boolean configure) {
		this.keyClass = effective.get(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
		this.valueClass = effective.get(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
		this.keys = keys;
		this.values = values;
		this.configure = configure;
	}

	/** Put the application's choice back into a configuration. */
	void restore(Map<String, Object> config, String name, boolean key) {
		Object type = key ? this.keyClass : this.valueClass;
		if (type != null) {
			config.put(name, type);
		}
		else {
			config.remove(name);
		}
	}

	/** Make a deserializer, and remember its configuration for others. */
	Deserializer<?> create(Map<String, Object> config, boolean key) {
		this.configs.put(key, config);
		Supplier<? extends @Nullable Deserializer<?>> supplier = key ? this.keys : this.values;
		Deserializer<?> given = (supplier != null) ? supplier.get() : null;
		if (given != null) {
			if (this.configure) {
				given.configure(config, key);
			}
			return given;
		}
		Deserializer<?> made = instance(Objects.requireNonNull(key ? this.keyClass : this.valueClass));
		made.configure(config, key);
		return made;
	}

	private static Deserializer<?> instance(Object type) {
		if (type instanceof Class<?> javaType) {
			return (Deserializer<?>) Utils.newInstance(javaType);
		}
		try {
			return Utils.newInstance(type.toString(), Deserializer.class);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException("Deserializer " + type + " cannot be found", ex);
		}
	}

	/** Take a pair that nobody else uses until it is given back. */
	Pair borrow() {
		Pair pair = this.idle.poll();
		return (pair != null) ? pair : new Pair(create(config(true), true), create(config(false), false));
	}

	private Map<String, Object> config(boolean key) {
		Map<String, Object> config = this.configs.get(key);
		if (config == null) {
			throw new IllegalStateException("The consumer has no deserializers yet");
		}
		return config;
	}

	void giveBack(Pair pair) {
		this.idle.add(pair);
		if (this.closed) {
			closeIdle();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		closeIdle();
	}

	private void closeIdle() {
		for (Pair pair = this.idle.poll(); pair != null; pair = this.idle.poll()) {
			// what the application has made belongs to the application
			if (this.keys == null) {
				pair.key().close();
			}
			if (this.values == null) {
				pair.value().close();
			}
		}
	}

	/**
	 * Deserializers of a record.
	 *
	 * @param key deserializer of the key
	 * @param value deserializer of the value
	 */
	record Pair(Deserializer<?> key, Deserializer<?> value) {

	}

}
