package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.springframework.kafka.support.KafkaHeaders;

import io.github.kafkaguardrails.errorhandling.topics.HeaderValues;

/**
 * The ledger of one instance: outside Kafka, and complete up to the very moment at which
 * the process is killed, because nothing is buffered.
 */
final class LedgerFile {

	private final FileChannel channel;

	LedgerFile(Path file) {
		try {
			this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	synchronized void write(LedgerEntry.Event event, ConsumerRecord<String, String> record) {
		Headers headers = record.headers();
		LedgerEntry entry = new LedgerEntry(now(), event,
				(int) HeaderValues.number(headers, KafkaHeaders.ORIGINAL_PARTITION, record.partition()),
				HeaderValues.number(headers, KafkaHeaders.ORIGINAL_OFFSET, record.offset()), record.key());
		try {
			this.channel.write(ByteBuffer.wrap((entry.line() + "\n").getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	/** The entries of a file; a last line that was cut off is left out. */
	static List<LedgerEntry> read(Path file) {
		try {
			String text = Files.readString(file);
			return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(LedgerEntry::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
