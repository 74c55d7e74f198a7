package io.github.kafkaguardrails.samples.orders;

import java.util.Objects;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the application promises, on whatever broker. The feed runs before the first test.
 */
abstract class AbstractOrdersIntegrationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private FeedRunner feed;

	@Test
	void losesNothing() {
		assertThat(report().lost()).isZero();
		assertThat(this.feed.getExitCode()).isZero();
	}

	@Test
	void accountsForEveryOrderOfEachListener() {
		assertThat(report().sent()).isEqualTo(5250);
		assertThat(report().columns()).extracting(FeedReport.Column::listener)
			.containsExactly("payments", "shipping", "invoices");
		assertThat(report().columns()).allSatisfy((column) -> {
			assertThat(column.received()).as("received").isEqualTo(5250 - 12);
			assertThat(column.processed()).as("processed").isEqualTo(5250 - 12 - 3);
			assertThat(column.retried()).as("retried").isEqualTo(20 + 3 * 3);
			assertThat(column.deadLettered()).as("dead-lettered").isEqualTo(12 + 3);
			assertThat(column.causes()).as("causes").containsEntry("PaymentDeclinedException", 3);
		});
	}

	@Test
	void keepsTheOrderOfEachKeyButForTheRetryTopic() {
		assertThat(report().columns()).extracting(FeedReport.Column::listener, (column) -> column.reversedKeys() > 0)
			.containsExactly(tuple("payments", false), tuple("shipping", true), tuple("invoices", false));
	}

	@Test
	void isHealthy() {
		assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
	}

	@Test
	void showsTheFindings() {
		assertThat(get("/actuator/kafkaguardrails")).contains("\"findings\"");
	}

	@Test
	void showsItsMeters() {
		assertThat(get("/actuator/prometheus").lines()
			.filter((line) -> line.startsWith("kafka_guardrails_"))
			.collect(Collectors.joining("\n"))).contains("payments", "shipping", "invoices");
	}

	private FeedReport report() {
		return Objects.requireNonNull(this.feed.report(), "the feed has not run");
	}

	private String get(String path) {
		String body = RestClient.create("http://localhost:" + this.port).get().uri(path).retrieve().body(String.class);
		return Objects.requireNonNull(body, path);
	}

}
