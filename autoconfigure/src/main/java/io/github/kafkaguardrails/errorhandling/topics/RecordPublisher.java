package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.KafkaException;

/**
 * Writes records, byte by byte, and waits until every in-sync replica has them. One
 * idempotent producer for each connection, created when the first record is written. Safe
 * for use by several threads; a call blocks for {@value #MAX_BLOCK_SECONDS} s +
 * {@value #DELIVERY_SECONDS} s at the most.
 *
 * @since 0.1.0
 */
public final class RecordPublisher implements AutoCloseable {

	private static final int MAX_BLOCK_SECONDS = 5;

	private static final int DELIVERY_SECONDS = 10;

	private final String clientId;

	private final Map<Connection, Producer<byte[], byte[]>> producers = new ConcurrentHashMap<>();

	/**
	 * A publisher.
	 * @param clientId client id of its producers
	 */
	public RecordPublisher(String clientId) {
		this.clientId = clientId;
	}

	/**
	 * Write a record.
	 * @param connection the cluster
	 * @param record the record
	 * @return where it was written
	 * @throws KafkaException when it could not be written in time
	 */
	public RecordMetadata publish(Connection connection, ProducerRecord<byte[], byte[]> record) {
		try {
			return producer(connection).send(record).get(MAX_BLOCK_SECONDS + DELIVERY_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted while writing to topic '" + record.topic() + "'", ex);
		}
		catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException ex) {
			Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			throw new KafkaException("Cannot write to topic '" + record.topic() + "': " + cause, cause);
		}
	}

	/**
	 * Write a record without waiting for it. Blocks for {@value #MAX_BLOCK_SECONDS} s at
	 * the most when the topic is unknown or the buffer is full.
	 * @param connection the cluster
	 * @param record the record
	 * @param callback is told the outcome, at once or on the producer's thread
	 */
	public void send(Connection connection, ProducerRecord<byte[], byte[]> record, Callback callback) {
		try {
			Future<RecordMetadata> unused = producer(connection).send(record, callback);
		}
		catch (RuntimeException ex) {
			callback.onCompletion(null, ex);
		}
	}

	private Producer<byte[], byte[]> producer(Connection connection) {
		return this.producers.computeIfAbsent(connection, (key) -> new KafkaProducer<>(key.producer(this.clientId,
				Duration.ofSeconds(MAX_BLOCK_SECONDS), Duration.ofSeconds(DELIVERY_SECONDS))));
	}

	@Override
	public void close() {
		this.producers.values().forEach((producer) -> producer.close(Duration.ofSeconds(MAX_BLOCK_SECONDS)));
		this.producers.clear();
	}

}
