package io.github.kafkaguardrails;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.kafka.support.KafkaHeaders;

import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterHeaders;
import io.github.kafkaguardrails.errorhandling.deadletter.WrittenHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says about the headers of a dead letter. */
final class DeadLetterHeadersSection {

	private static final Map<String, String> MEANINGS = Map.ofEntries(
			Map.entry(KafkaHeaders.DLT_EXCEPTION_FQCN, "Class of the exception that the container caught"),
			Map.entry(KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN, "Class of the exception that the listener threw"),
			Map.entry(KafkaHeaders.DLT_EXCEPTION_MESSAGE, "Message of the exception that the listener threw, cut"),
			Map.entry(KafkaHeaders.DLT_EXCEPTION_STACKTRACE, "Stack trace, cut"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_TOPIC, "Topic that the record was written to first"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_PARTITION, "Its partition there; 4 bytes"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_OFFSET, "Its offset there; 8 bytes"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, "Its timestamp there, epoch milliseconds; 8 bytes"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP_TYPE, "What that timestamp means"),
			Map.entry(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, "Group of the listener"),
			Map.entry(DeadLetterHeaders.LISTENER_ID, "Id of the listener"),
			Map.entry(DeadLetterHeaders.ATTEMPTS, "Number of deliveries in all; 4 bytes"),
			Map.entry(DeadLetterHeaders.FIRST_FAILURE, "When the first delivery failed, epoch milliseconds; 8 bytes"),
			Map.entry(DeadLetterHeaders.REPLAY_COUNT,
					"How often the record was replayed from the dead-letter topic; 4 bytes"));

	private DeadLetterHeadersSection() {
	}

	static String render() {
		List<String> names = WrittenHeaders.names();
		assertThat(names).containsExactlyInAnyOrderElementsOf(MEANINGS.keySet());
		MarkdownTable table = new MarkdownTable("header", "value");
		names.forEach((name) -> table.row(MarkdownTable.code(name), Objects.requireNonNull(MEANINGS.get(name))));
		return table.render() + "\n";
	}

}
