package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the bytes of each record in the {@link RawCapture} of its consumer before the
 * application's deserializer sees them. The client makes it by its class name, or a
 * factory around a deserializer that it was given.
 *
 * @param <T> what the application's deserializer makes of the bytes
 * @since 0.1.0
 */
public final class CapturingDeserializer<T> implements Deserializer<T> {

	/** Key of the capture in the configuration of a consumer. */
	static final String CAPTURE = "kafka.guardrails.capture";

	/** Key of the source of the application's deserializers. */
	static final String SOURCE = "kafka.guardrails.deserializers";

	private @Nullable Deserializer<T> delegate;

	private @Nullable RawCapture capture;

	private boolean key;

	@Override
	@SuppressWarnings("unchecked") // whatever the application has chosen for this side
	public void configure(Map<String, ?> configs, boolean isKey) {
		this.key = isKey;
		this.capture = (RawCapture) Objects.requireNonNull(configs.get(CAPTURE));
		DeserializerSource source = (DeserializerSource) Objects.requireNonNull(configs.get(SOURCE));
		Map<String, Object> original = new HashMap<>(configs);
		original.remove(CAPTURE);
		original.remove(SOURCE);
		source.restore(original, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, true);
		source.restore(original, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, false);
		this.delegate = (Deserializer<T>) source.create(original, isKey);
	}

	@Override
	public T deserialize(String topic, byte[] data) {
		return Objects.requireNonNull(this.delegate).deserialize(topic, data);
	}

	@Override
	public T deserialize(String topic, Headers headers, byte[] data) {
		return Objects.requireNonNull(this.delegate).deserialize(topic, headers, data);
	}

	@Override
	public T deserialize(String topic, Headers headers, ByteBuffer data) {
		Objects.requireNonNull(this.capture).add(headers, data, this.key);
		return Objects.requireNonNull(this.delegate).deserialize(topic, headers, data);
	}

	@Override
	public void close() {
		if (this.delegate != null) {
			this.delegate.close();
		}
	}

}
