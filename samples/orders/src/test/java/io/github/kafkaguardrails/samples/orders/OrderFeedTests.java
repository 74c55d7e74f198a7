package io.github.kafkaguardrails.samples.orders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class OrderFeedTests {

	private static final Resource FILE = new ClassPathResource("orders.jsonl");

	private final JacksonJsonDeserializer<Order> deserializer = new JacksonJsonDeserializer<>(Order.class, false);

	@Test
	void shipsThousandsOfOrdersOfHundredsOfCustomers() throws IOException {
		List<ProducerRecord<String, byte[]>> records = feed(FILE).records();
		assertThat(records).hasSize(5250);
		assertThat(records.stream().map(ProducerRecord::key).filter(Objects::nonNull).distinct()).hasSize(420);
		assertThat(FILE.contentLength()).isLessThan(1024 * 1024);
	}

	@Test
	void shipsEveryKindOfTrouble() throws IOException {
		List<ProducerRecord<String, byte[]>> records = feed(FILE).records();
		assertThat(records).filteredOn((record) -> record.key() == null).hasSize(40);
		assertThat(records).filteredOn((record) -> record.value() == null).hasSize(60);
		assertThat(records).filteredOn((record) -> record.value() != null && order(record) == null).hasSize(12);
		assertThat(records).filteredOn((record) -> text(record).contains("\"coupon\"")).hasSize(120);
		assertThat(orders(records, (order) -> "declined".equals(order.payment()))).hasSize(3);
		assertThat(orders(records, (order) -> order.flaky() != null)).hasSize(15)
			.extracting(Order::flaky)
			.containsOnly(1, 2);
	}

	@Test
	void sendsTextsWithoutQuotationMarks() throws IOException {
		ProducerRecord<String, byte[]> record = record("{\"key\":\"anna\",\"value\":\"{\\\"id\\\":\"}");
		assertThat(record.key()).isEqualTo("anna");
		assertThat(text(record)).isEqualTo("{\"id\":");
	}

	@Test
	void sendsObjectsAsTheyAre() throws IOException {
		assertThat(text(record("{\"key\":\"anna\",\"value\":{\"id\":\"o-1\",\"amount\":\"2.50\"}}")))
			.isEqualTo("{\"id\":\"o-1\",\"amount\":\"2.50\"}");
	}

	@Test
	void sendsNullAsNull() throws IOException {
		ProducerRecord<String, byte[]> record = record("{\"key\":null,\"value\":null}");
		assertThat(record.key()).isNull();
		assertThat(record.value()).isNull();
	}

	@Test
	void numbersTheRecords() throws IOException {
		OrderLedger ledger = new OrderLedger(List.of("payments"));
		List<ProducerRecord<String, byte[]>> records = feed(FILE, ledger).records();
		assertThat(records.get(0).headers()).containsExactly(ledger.header(1));
		assertThat(records.get(5249).headers()).containsExactly(ledger.header(5250));
	}

	private static ProducerRecord<String, byte[]> record(String line) throws IOException {
		return feed(new ByteArrayResource(line.getBytes(StandardCharsets.UTF_8))).records().get(0);
	}

	private static OrderFeed feed(Resource file) {
		return feed(file, new OrderLedger(List.of("payments")));
	}

	private static OrderFeed feed(Resource file, OrderLedger ledger) {
		return new OrderFeed(file, new JsonMapper(), new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of())),
				ledger);
	}

	private static String text(ProducerRecord<String, byte[]> record) {
		return (record.value() != null) ? new String(record.value(), StandardCharsets.UTF_8) : "";
	}

	private List<Order> orders(List<ProducerRecord<String, byte[]>> records, Predicate<Order> filter) {
		return records.stream().map(this::order).filter(Objects::nonNull).filter(filter).toList();
	}

	/** The order as the listeners see it, or {@code null} when they cannot read it. */
	private @Nullable Order order(ProducerRecord<String, byte[]> record) {
		Order[] order = new Order[1];
		Throwable failure = catchThrowable(() -> order[0] = this.deserializer.deserialize(OrdersApplication.TOPIC,
				new RecordHeaders(), record.value()));
		return (failure != null) ? null : order[0];
	}

}
