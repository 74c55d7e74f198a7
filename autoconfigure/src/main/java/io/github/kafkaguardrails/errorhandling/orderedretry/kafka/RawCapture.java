package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the records of one consumer's last poll, as they are stored. Its
 * {@link CapturingDeserializer}s leave them here on their way: the buffers themselves,
 * nothing is copied. Records are told by their headers, which the client hands to the
 * deserializers and to the record. For the consumer's thread only.
 */
final class RawCapture {

	private Batch current = new Batch();

	/** What the poll under way has captured. */
	private @Nullable Batch next;

	private ConsumerRecords<?, ?> polled = ConsumerRecords.empty();

	/**
	 * Poll. What was captured before is forgotten when there are new records, not sooner:
	 * a container may deliver some of its records after further polls.
	 */
	<K, V> ConsumerRecords<K, V> poll(Supplier<ConsumerRecords<K, V>> poll) {
		this.next = null;
		ConsumerRecords<K, V> records = poll.get();
		if (!records.isEmpty()) {
			this.current = (this.next != null) ? this.next : new Batch();
			this.polled = records;
		}
		return records;
	}

	void add(Headers headers, ByteBuffer bytes, boolean key) {
		Batch batch = this.next;
		if (batch == null) {
			batch = new Batch();
			this.next = batch;
		}
		batch.add(headers, bytes, key);
	}

	/** The stored record of a polled one, or {@code null} when it is not known. */
	@Nullable ParkedSource of(ConsumerRecord<?, ?> record) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		if (record.serializedKeySize() < 0 && record.serializedValueSize() < 0) {
			return new ParkedSource(partition, record.offset(), record.timestamp(), record.timestampType(), null, null,
					record.headers().toArray());
		}
		int index = index(record, partition);
		if (index < 0) {
			return null;
		}
		return new ParkedSource(partition, record.offset(), record.timestamp(), record.timestampType(),
				this.current.key(index), this.current.value(index), this.current.stored[index]);
	}

	/** The stored key of a polled record. */
	byte @Nullable [] key(ConsumerRecord<?, ?> record) {
		int index = (record.serializedKeySize() < 0) ? -1
				: index(record, new TopicPartition(record.topic(), record.partition()));
		return (index >= 0) ? this.current.key(index) : null;
	}

	/** Whether the bytes of a polled record are known. */
	boolean knows(ConsumerRecord<?, ?> record) {
		return (record.serializedKeySize() < 0 && record.serializedValueSize() < 0)
				|| index(record, new TopicPartition(record.topic(), record.partition())) >= 0;
	}

	private int index(ConsumerRecord<?, ?> record, TopicPartition partition) {
		int index = this.current.find(record.headers());
		if (index >= 0) {
			return index;
		}
		// an interceptor has put another record in its place
		List<? extends ConsumerRecord<?, ?>> records = this.polled.records(partition);
		for (ConsumerRecord<?, ?> original : records) {
			if (original.offset() == record.offset()) {
				return this.current.find(original.headers());
			}
		}
		return -1;
	}

	/**
	 * Columns of captured records, in the order of the poll. Made anew for each poll: to
	 * fill an old array with new objects costs the collector more than a new array.
	 */
	private static final class Batch {

		private static final int CAPACITY = 512;

		private @Nullable Headers[] headers = new Headers[CAPACITY];

		private Header[][] stored = new Header[CAPACITY][];

		private final Side keys = new Side();

		private final Side values = new Side();

		private int size;

		private int cursor;

		/** Deserializers may remove headers, and the key's is called first. */
		void add(Headers headers, ByteBuffer bytes, boolean key) {
			if (this.size == 0 || this.headers[this.size - 1] != headers) {
				if (this.size == this.headers.length) {
					grow();
				}
				this.headers[this.size] = headers;
				this.stored[this.size] = headers.toArray();
				this.size++;
			}
			(key ? this.keys : this.values).set(this.size - 1, bytes);
		}

		private void grow() {
			int capacity = 2 * this.size;
			this.headers = Arrays.copyOf(this.headers, capacity);
			this.stored = Arrays.copyOf(this.stored, capacity);
			this.keys.grow(capacity);
			this.values.grow(capacity);
		}

		/** Records are looked up in the order in which they came. */
		int find(Headers wanted) {
			for (int i = 0; i < this.size; i++) {
				int index = this.cursor + i;
				index = (index < this.size) ? index : index - this.size;
				if (this.headers[index] == wanted) {
					this.cursor = index;
					return index;
				}
			}
			return -1;
		}

		byte @Nullable [] key(int index) {
			return this.keys.get(index);
		}

		byte @Nullable [] value(int index) {
			return this.values.get(index);
		}

	}

	/** The keys or the values: buffers, and where their bytes began and ended. */
	private static final class Side {

		private @Nullable ByteBuffer[] buffers = new ByteBuffer[Batch.CAPACITY];

		private int[] positions = new int[Batch.CAPACITY];

		private int[] limits = new int[Batch.CAPACITY];

		void grow(int capacity) {
			this.buffers = Arrays.copyOf(this.buffers, capacity);
			this.positions = Arrays.copyOf(this.positions, capacity);
			this.limits = Arrays.copyOf(this.limits, capacity);
		}

		/** Whoever reads the buffer moves its position. */
		void set(int index, ByteBuffer buffer) {
			this.buffers[index] = buffer;
			this.positions[index] = buffer.position();
			this.limits[index] = buffer.limit();
		}

		byte @Nullable [] get(int index) {
			ByteBuffer buffer = this.buffers[index];
			if (buffer == null) {
				return null;
			}
			byte[] bytes = new byte[this.limits[index] - this.positions[index]];
			buffer.duplicate().clear().get(this.positions[index], bytes);
			return bytes;
		}

	}

}
