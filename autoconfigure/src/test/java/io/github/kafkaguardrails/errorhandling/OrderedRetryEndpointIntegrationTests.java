package io.github.kafkaguardrails.errorhandling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees and does over HTTP, and what health says. */
class OrderedRetryEndpointIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String GUARDRAILS = "/actuator/kafkaguardrails";

	private static final String HEALTH = "/actuator/health/kafkaGuardrails/orderedRetry";

	private final HttpClient client = HttpClient.newHttpClient();

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-endpoint", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	@Test
	void operatesOnParkedKeysAndStaysUp() throws Exception {
		send("a", "flaky:1-a1");
		send("b", "fail-b1");
		send("b", "ok-b2");
		send("c", "flaky:1-c1");
		try (ListenerApplication application = application(Map.of("kafka.guardrails.listeners.main.then", "stop",
				"kafka.guardrails.listeners.main.retry.max-attempts", "1"))) {
			awaitCommit(4);
			String port = port(application);
			DocumentContext shown = get(port, GUARDRAILS, 200);
			List<String> keys = shown.read("$.parkedKeys[*].key");
			assertThat(keys).hasSize(3).doesNotContain("a", "b", "c");
			assertThat(shown.<List<Integer>>read("$.parkedKeys[*].records")).containsExactly(1, 2, 1);
			assertThat(shown.<List<String>>read("$.parkedKeys[*].state")).containsOnly("stopped");
			DocumentContext health = get(port, HEALTH, 200);
			assertThat(health.<String>read("$.status")).isEqualTo("UP");
			assertThat(health.<Integer>read("$.details.main.parkedRecords")).isEqualTo(4);
			assertThat(health.<Integer>read("$.details.main.stoppedKeys")).isEqualTo(3);
			assertThat(health.<Integer>read("$.details.main.blockedPartitions")).isZero();
			refuses(port, keys.get(0));
			awaitStatus(204, port, "/main/" + keys.get(0), "{\"operation\": \"retry-now\"}");
			awaitStatus(204, port, "/main/" + keys.get(1), "{\"operation\": \"skip\"}");
			awaitStatus(204, port, "/main/" + keys.get(2), "{\"operation\": \"release\"}");
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			assertThat(application.deliveries.succeeded).containsExactlyInAnyOrder("flaky:1-a1", "ok-b2", "flaky:1-c1");
			assertThat(application.deliveries.count("fail-b1")).isEqualTo(1);
			drains(application, port);
		}
	}

	private void refuses(String port, String key) throws Exception {
		assertThat(post(port, "/main/000000000000", "{\"operation\": \"skip\"}")).isEqualTo(409);
		assertThat(post(port, "/nobody/" + key, "{\"operation\": \"skip\"}")).isEqualTo(409);
		assertThat(post(port, "/main/" + key, "{\"operation\": \"explode\"}")).isEqualTo(400);
		assertThat(post(port, "/main/" + key, "{}")).isEqualTo(400);
		assertThat(post(port, "/nobody", "{\"drainOnly\": true}")).isEqualTo(404);
		assertThat(post(port, "/main", "{\"drainOnly\": \"perhaps\"}")).isEqualTo(400);
		assertThat(get(port, GUARDRAILS, 200).<List<String>>read("$.parkedKeys[*].state")).hasSize(3)
			.containsOnly("stopped");
	}

	private void drains(ListenerApplication application, String port) throws Exception {
		assertThat(post(port, "/main", "{\"drainOnly\": true}")).isEqualTo(204);
		assertThat(get(port, HEALTH, 200).<Boolean>read("$.details.main.drainOnly")).isTrue();
		int before = this.broker.records(this.parked).size();
		send("d", "flaky:1-d1");
		Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("flaky:1-d1"));
		assertThat(this.broker.records(this.parked)).hasSize(before);
		assertThat(post(port, "/main", "{\"drainOnly\": false}")).isEqualTo(204);
		send("d", "flaky:1-d2");
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.records(this.parked).size() == before + 1);
	}

	@Test
	void isDownWhenSomebodyElseHasCommittedTheStateAndNobodyMayOperateWithoutAccess() throws Exception {
		this.broker.create(this.parked, 1, Map.of());
		this.broker.admin()
			.alterConsumerGroupOffsets(this.group,
					Map.of(new TopicPartition(this.parked, 0), new OffsetAndMetadata(0, "somebody")))
			.all()
			.get(30, TimeUnit.SECONDS);
		try (ListenerApplication application = application(
				Map.of("management.endpoint.kafkaguardrails.access", "read-only"))) {
			String port = port(application);
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isRunning());
			DocumentContext health = get(port, HEALTH, 503);
			assertThat(health.<String>read("$.status")).isEqualTo("DOWN");
			assertThat(health.<List<String>>read("$.details.main.unknown")).singleElement()
				.asString()
				.contains(this.parked, "was not committed by this library");
			assertThat(post(port, "/main", "{\"drainOnly\": true}")).isEqualTo(405);
		}
	}

	private void awaitStatus(int status, String port, String path, String body) {
		Awaitility.await().atMost(LIMIT).until(() -> post(port, path, body) == status);
	}

	private int post(String port, String path, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + GUARDRAILS + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
	}

	private DocumentContext get(String port, String path, int status) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(
				HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
		return JsonPath.parse(response.body());
	}

	private static String port(ListenerApplication application) {
		return application.bean(Environment.class).getRequiredProperty("local.server.port");
	}

	private ListenerApplication application(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>();
		all.put("spring.main.web-application-type", "servlet");
		all.put("server.port", "0");
		all.put("management.endpoints.web.exposure.include", "health,kafkaguardrails");
		all.put("management.endpoint.kafkaguardrails.access", "unrestricted");
		all.put("management.endpoint.health.show-details", "always");
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		all.putAll(properties);
		return new ListenerApplication(this.topic, this.group, "record", all);
	}

	private void awaitCommit(long offset) {
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == offset);
	}

	private void send(String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
