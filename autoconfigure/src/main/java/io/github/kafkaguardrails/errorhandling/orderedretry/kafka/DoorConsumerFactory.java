package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ConsumerPostProcessor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the consumers of one ordered listener with the factory of the application: each
 * with capturing deserializers, and behind a door. The factory itself, which other
 * listeners share, stays as it is.
 *
 * @param <K> key type
 * @param <V> value type
 * @since 0.1.0
 */
public final class DoorConsumerFactory<K, V> implements ConsumerFactory<K, V> {

	private final ConsumerFactory<K, V> delegate;

	private final LotSetup setup;

	/**
	 * A factory.
	 * @param delegate the application's
	 * @param setup what the lots of the listener have in common
	 */
	public DoorConsumerFactory(ConsumerFactory<K, V> delegate, LotSetup setup) {
		this.delegate = delegate;
		this.setup = setup;
	}

	@Override
	public Consumer<K, V> createConsumer(@Nullable String groupId, @Nullable String clientIdPrefix,
			@Nullable String clientIdSuffix) {
		return createConsumer(groupId, clientIdPrefix, clientIdSuffix, null);
	}

	@Override
	public Consumer<K, V> createConsumer(@Nullable String groupId, @Nullable String clientIdPrefix,
			@Nullable String clientIdSuffix, @Nullable Properties properties) {
		Properties overrides = new Properties();
		Map<String, Object> effective = new HashMap<>(this.delegate.getConfigurationProperties());
		if (properties != null) {
			properties.stringPropertyNames().forEach((name) -> overrides.put(name, properties.getProperty(name)));
			overrides.putAll(properties);
			overrides.forEach((name, value) -> effective.put((String) name, value));
		}
		RawCapture capture = new RawCapture();
		boolean givenKey = this.delegate.getKeyDeserializer() != null;
		boolean givenValue = this.delegate.getValueDeserializer() != null;
		boolean given = givenKey || givenValue;
		DeserializerSource source = new DeserializerSource(effective,
				givenKey ? this.delegate::getKeyDeserializer : null,
				givenValue ? this.delegate::getValueDeserializer : null, !given || configures());
		overrides.put(CapturingDeserializer.CAPTURE, capture);
		overrides.put(CapturingDeserializer.SOURCE, source);
		overrides.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, CapturingDeserializer.class);
		overrides.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, CapturingDeserializer.class);
		Consumer<K, V> consumer = (given ? copy() : this.delegate).createConsumer(groupId, clientIdPrefix,
				clientIdSuffix, overrides);
		return CommitDoor.before(consumer, new LotOwner(consumer, this.setup, capture, source), capture);
	}

	/** A factory with deserializers given as objects would not look at the overrides. */
	private ConsumerFactory<K, V> copy() {
		DefaultKafkaConsumerFactory<K, V> copy = new DefaultKafkaConsumerFactory<>(
				this.delegate.getConfigurationProperties(), CapturingDeserializer::new, CapturingDeserializer::new);
		this.delegate.getListeners().forEach(copy::addListener);
		this.delegate.getPostProcessors().forEach(copy::addPostProcessor);
		return copy;
	}

	private boolean configures() {
		Field field = ReflectionUtils.findField(DefaultKafkaConsumerFactory.class, "configureDeserializers");
		if (field == null || !(this.delegate instanceof DefaultKafkaConsumerFactory)) {
			return true;
		}
		ReflectionUtils.makeAccessible(field);
		return !Boolean.FALSE.equals(ReflectionUtils.getField(field, this.delegate));
	}

	@Override
	public boolean isAutoCommit() {
		return this.delegate.isAutoCommit();
	}

	@Override
	public Map<String, Object> getConfigurationProperties() {
		return this.delegate.getConfigurationProperties();
	}

	@Override
	public @Nullable Deserializer<K> getKeyDeserializer() {
		return this.delegate.getKeyDeserializer();
	}

	@Override
	public @Nullable Deserializer<V> getValueDeserializer() {
		return this.delegate.getValueDeserializer();
	}

	@Override
	public List<Listener<K, V>> getListeners() {
		return this.delegate.getListeners();
	}

	@Override
	public List<ConsumerPostProcessor<K, V>> getPostProcessors() {
		return this.delegate.getPostProcessors();
	}

}
