package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.SourceRecord;
import io.github.kafkaguardrails.errorhandling.topics.StoredConsumerRecord;

/**
 * A parked record: its bytes as stored in the source topic and, for those who look, why
 * it failed last.
 *
 * @since 0.1.0
 */
public final class ParkedSource implements SourceRecord {

	/** What a record takes beside its bytes. */
	private static final int OVERHEAD = 128;

	private static final int MAX_CAUSE = 256;

	private final TopicPartition partition;

	private final long offset;

	private final long timestamp;

	private final TimestampType timestampType;

	private final byte @Nullable [] key;

	private final byte @Nullable [] value;

	private final Header[] headers;

	private final int size;

	private volatile @Nullable String cause;

	private volatile @Nullable Exception last;

	ParkedSource(TopicPartition partition, long offset, long timestamp, TimestampType timestampType,
			byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
		this.partition = partition;
		this.offset = offset;
		this.timestamp = timestamp;
		this.timestampType = timestampType;
		this.key = key;
		this.value = value;
		this.headers = headers;
		int bytes = OVERHEAD + length(key) + length(value);
		for (Header header : headers) {
			bytes += header.key().length() + length(header.value());
		}
		this.size = bytes;
	}

	private static int length(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes.length : 0;
	}

	@Override
	public byte @Nullable [] key() {
		return this.key;
	}

	@Override
	public long offset() {
		return this.offset;
	}

	@Override
	public int size() {
		return this.size;
	}

	/** The source partition. */
	public TopicPartition partition() {
		return this.partition;
	}

	byte @Nullable [] value() {
		return this.value;
	}

	/** The timestamp in the source, epoch milliseconds. */
	public long timestamp() {
		return this.timestamp;
	}

	TimestampType timestampType() {
		return this.timestampType;
	}

	Header[] headers() {
		return this.headers;
	}

	/** Whether key and value have these sizes, -1 standing for none. */
	public boolean hasSizes(int keySize, int valueSize) {
		return ((this.key != null) ? this.key.length : -1) == keySize
				&& ((this.value != null) ? this.value.length : -1) == valueSize;
	}

	/** Class and message of the last failure, or {@code null} when there was none. */
	public @Nullable String cause() {
		return this.cause;
	}

	/** Note why a delivery failed. */
	public void failed(Throwable failure) {
		cause(failure.getClass().getName() + ((failure.getMessage() != null) ? ": " + failure.getMessage() : ""));
	}

	/**
	 * Note why the last delivery failed, for the ending to come. Not kept in the parked
	 * topic: the next owner knows the {@link #cause} only.
	 */
	public void failedLast(Exception failure) {
		this.last = failure;
	}

	/** Why the last delivery failed, or {@code null} when that is not known any more. */
	public @Nullable Exception lastFailure() {
		return this.last;
	}

	void cause(@Nullable String text) {
		this.cause = (text == null || text.length() <= MAX_CAUSE) ? text : text.substring(0, MAX_CAUSE - 1) + "…";
	}

	/** The record as it is stored in the source topic, with headers of its own. */
	public StoredConsumerRecord stored() {
		return new StoredConsumerRecord(this.partition.topic(), this.partition.partition(), this.offset, this.timestamp,
				this.timestampType, this.key, this.value, new RecordHeaders(this.headers));
	}

	@Override
	public String toString() {
		return this.partition + "@" + this.offset;
	}

}
