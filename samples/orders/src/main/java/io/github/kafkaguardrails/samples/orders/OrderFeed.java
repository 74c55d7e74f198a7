package io.github.kafkaguardrails.samples.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the orders of the file. Each line is a JSON object with the {@code key} of the
 * record, or {@code null}, and its {@code value}: an object is sent as it is, a text is
 * sent without the quotation marks (and is no JSON at all), {@code null} is a tombstone.
 */
@Component
class OrderFeed {

	private final Resource file;

	private final JsonMapper json;

	private final KafkaTemplate<String, byte[]> kafka;

	private final OrderLedger ledger;

	OrderFeed(@Value("classpath:orders.jsonl") Resource file, JsonMapper json, KafkaTemplate<String, byte[]> kafka,
			OrderLedger ledger) {
		this.file = file;
		this.json = json;
		this.kafka = kafka;
		this.ledger = ledger;
	}

	/**
	 * Send the file.
	 * @param bar shows how many orders the cluster has
	 * @return number of orders that were sent
	 */
	int send(ProgressBar bar) throws IOException {
		List<CompletableFuture<?>> orders = new ArrayList<>();
		for (ProducerRecord<String, byte[]> record : records()) {
			orders.add(this.kafka.send(record));
		}
		for (int sent = 0; sent < orders.size(); sent++) {
			orders.get(sent).join();
			bar.show(sent + 1, orders.size());
		}
		return orders.size();
	}

	List<ProducerRecord<String, byte[]>> records() throws IOException {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.file.getInputStream(), StandardCharsets.UTF_8))) {
			List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				records.add(record(this.json.readTree(line), records.size() + 1));
			}
			return records;
		}
	}

	private ProducerRecord<String, byte[]> record(JsonNode line, int number) {
		JsonNode key = line.get("key");
		ProducerRecord<String, byte[]> record = new ProducerRecord<>(OrdersApplication.TOPIC,
				key.isNull() ? null : key.stringValue(), bytes(line.get("value")));
		record.headers().add(this.ledger.header(number));
		return record;
	}

	private static byte @Nullable [] bytes(JsonNode value) {
		if (value.isNull()) {
			return null;
		}
		String text = value.isString() ? value.stringValue() : value.toString();
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
