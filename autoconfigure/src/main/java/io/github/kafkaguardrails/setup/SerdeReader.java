package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.DelegatingByTypeSerializer;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out which (de)serializers a factory gives to its clients, without running the
 * user's suppliers: a supplier that is not one of Spring Kafka's own counts as an unknown
 * object.
 */
final class SerdeReader {

	private static final Supplied NOTHING = new Supplied(false, null);

	private static final Supplied UNKNOWN = new Supplied(true, null);

	private final @Nullable ClassLoader classLoader;

	SerdeReader(@Nullable ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * A deserializer of a consumer.
	 * @param factory the consumer factory or share consumer factory
	 * @param config what the consumer really runs with
	 * @param key whether it is the one for keys
	 */
	SerdeSetup deserializer(Object factory, ClientConfig config, boolean key) {
		Supplied supplied = suppliedDeserializer(factory, key);
		String side = key ? "key" : "value";
		String className = className(supplied, config.string(side + ".deserializer"));
		boolean errorHandling = isErrorHandling(supplied.object(), className);
		String delegate = errorHandling ? delegate(supplied.object(), config, side) : null;
		return new SerdeSetup(className, supplied.given(), errorHandling, delegate, null);
	}

	/** A serializer of a producer. */
	SerdeSetup serializer(ProducerFactory<?, ?> factory, ClientConfig config, boolean key) {
		String side = key ? "key" : "value";
		Supplied supplied;
		if (factory instanceof DefaultKafkaProducerFactory) {
			supplied = supplied(factory, DefaultKafkaProducerFactory.class,
					key ? "rawKeySerializerSupplier" : "rawValueSerializerSupplier");
		}
		else {
			supplied = overridden(factory, ProducerFactory.class,
					key ? "getKeySerializerSupplier" : "getValueSerializerSupplier");
		}
		String className = className(supplied, config.string(side + ".serializer"));
		return new SerdeSetup(className, supplied.given(), false, null, acceptsBytes(supplied.object(), className));
	}

	private static Supplied suppliedDeserializer(Object factory, boolean key) {
		String field = key ? "keyDeserializerSupplier" : "valueDeserializerSupplier";
		if (factory instanceof DefaultKafkaConsumerFactory) {
			return supplied(factory, DefaultKafkaConsumerFactory.class, field);
		}
		if (factory instanceof DefaultShareConsumerFactory) {
			return supplied(factory, DefaultShareConsumerFactory.class, field);
		}
		return overridden(factory, ConsumerFactory.class, key ? "getKeyDeserializer" : "getValueDeserializer");
	}

	/** Spring Kafka wraps an object that it was given in a lambda of its own. */
	private static Supplied supplied(Object factory, Class<?> factoryType, String field) {
		Object supplier = Fields.read(factory, factoryType, field);
		if (supplier == null) {
			return NOTHING;
		}
		List<@Nullable Object> captured = Fields.isLambdaOf(supplier, factoryType) ? Fields.captured(supplier) : null;
		if (captured == null || captured.size() > 1) {
			return UNKNOWN;
		}
		Object object = captured.isEmpty() ? null : captured.get(0);
		return (object != null) ? new Supplied(true, object) : NOTHING;
	}

	private static Supplied overridden(Object factory, Class<?> contract, String method) {
		Method found = ReflectionUtils.findMethod(factory.getClass(), method);
		return (found == null || found.getDeclaringClass() == contract) ? NOTHING : UNKNOWN;
	}

	private static String className(Supplied supplied, String configured) {
		if (supplied.object() != null) {
			return supplied.object().getClass().getName();
		}
		return supplied.given() ? SerdeSetup.UNKNOWN_CLASS : configured;
	}

	private boolean isErrorHandling(@Nullable Object object, String className) {
		if (object != null) {
			return object instanceof ErrorHandlingDeserializer;
		}
		try {
			return !className.isEmpty() && ErrorHandlingDeserializer.class
				.isAssignableFrom(ClassUtils.forName(className, this.classLoader));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	private static @Nullable String delegate(@Nullable Object object, ClientConfig config, String side) {
		Object delegate = (object != null) ? Fields.read(object, ErrorHandlingDeserializer.class, "delegate") : null;
		if (delegate instanceof Deserializer) {
			return delegate.getClass().getName();
		}
		String configured = config.string("spring.deserializer." + side + ".delegate.class");
		return configured.isEmpty() ? null : configured;
	}

	private static @Nullable Boolean acceptsBytes(@Nullable Object object, String className) {
		if (object instanceof DelegatingByTypeSerializer) {
			Object delegates = Fields.read(object, DelegatingByTypeSerializer.class, "delegates");
			Object forBytes = (delegates instanceof Map<?, ?> map) ? entryForBytes(map) : null;
			return (forBytes != null) ? acceptsBytes(null, forBytes.getClass().getName()) : null;
		}
		if (KnownSerdes.BYTES_UNCHANGED.contains(className)) {
			return true;
		}
		return KnownSerdes.BYTES_REFUSED.contains(className) ? false : null;
	}

	private static @Nullable Object entryForBytes(Map<?, ?> delegates) {
		return delegates.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() == byte[].class)
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What code gave to a factory.
	 *
	 * @param given whether it gave an object at all
	 * @param object the object, or {@code null} when it is not known
	 */
	private record Supplied(boolean given, @Nullable Object object) {

	}

}
