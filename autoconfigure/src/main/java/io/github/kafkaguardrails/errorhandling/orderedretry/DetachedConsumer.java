package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.lang.reflect.Proxy;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * What interceptors and listeners are given as consumer with a parked record, which is
 * not delivered on the consumer's thread: it refuses nearly everything.
 */
final class DetachedConsumer {

	private DetachedConsumer() {
	}

	@SuppressWarnings("unchecked") // no record ever comes from it
	static <K, V> Consumer<K, V> of() {
		return (Consumer<K, V>) Proxy.newProxyInstance(Consumer.class.getClassLoader(),
				new Class<?>[] { Consumer.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					case "toString" -> "consumer of a parked record";
					case "metrics" -> Map.of();
					default ->
						throw new UnsupportedOperationException("A parked record is not delivered on the thread of"
								+ " the consumer, which cannot do '" + method.getName() + "' here");
				});
	}

}
