package io.github.kafkaguardrails.activity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A map that makes its values by itself and takes no more than {@value #MAX_KEYS} keys,
 * or a few more when several threads add the last ones. Safe for use by several threads.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class BoundedMap<K, V> {

	static final int MAX_KEYS = 100;

	private final Map<K, V> values = new ConcurrentHashMap<>();

	private final Function<K, V> factory;

	BoundedMap(Function<K, V> factory) {
		this.factory = factory;
	}

	/** The value of a key; {@code null} when there is no room for another key. */
	@Nullable V get(K key) {
		V value = this.values.get(key);
		if (value != null || this.values.size() >= MAX_KEYS) {
			return value;
		}
		return this.values.computeIfAbsent(key, this.factory);
	}

	void forEach(BiConsumer<K, V> action) {
		this.values.forEach(action);
	}

}
