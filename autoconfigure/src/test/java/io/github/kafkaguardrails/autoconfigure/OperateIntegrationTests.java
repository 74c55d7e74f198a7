package io.github.kafkaguardrails.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.health.BrokerHealthIndicator;
import io.github.kafkaguardrails.health.BrokerMonitor;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.TestInspection;

import static org.assertj.core.api.Assertions.assertThat;

/** Health, metrics and endpoint of a running application with a broker. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=health,kafkaguardrails",
				"management.endpoint.health.show-details=always", "spring.kafka.consumer.auto-offset-reset=earliest",
				"kafka.guardrails.health.broker.interval=1s" })
@EmbeddedKafka(partitions = 1, topics = "orders")
class OperateIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private KafkaTemplate<String, String> template;

	@Autowired
	private MeterRegistry meters;

	@Test
	void theBrokerIsUp() {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			DocumentContext broker = get("/actuator/health/kafkaGuardrails/broker", 200);
			assertThat(broker.<String>read("$.status")).isEqualTo("UP");
			assertThat(broker.<Integer>read("$.details.nodes")).isEqualTo(1);
			assertThat(broker.<String>read("$.details.clusterId")).isNotBlank();
		});
	}

	@Test
	void aBrokerThatGoesAwayIsDownWithoutBlockingTheHealthCall() {
		EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1).brokerListProperty("second.broker");
		broker.afterPropertiesSet();
		BrokerMonitor monitor = new BrokerMonitor(() -> Map.of("bootstrap.servers", broker.getBrokersAsString()),
				Duration.ZERO, Duration.ofSeconds(1));
		BrokerHealthIndicator indicator = new BrokerHealthIndicator(monitor);
		try {
			monitor.start();
			Awaitility.await().atMost(PATIENCE).until(() -> indicator.health().getStatus().equals(Status.UP));
			broker.destroy();
			long start = System.nanoTime();
			assertThat(indicator.health()).isNotNull();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> indicator.health().getStatus().equals(Status.DOWN));
		}
		finally {
			monitor.stop();
			broker.destroy();
		}
	}

	@Test
	void aListenerThatStopsAbnormallyIsDownButRestartsNoPod() throws Exception {
		assertThat(get("/actuator/health/kafkaGuardrails/listeners", 200).<String>read("$.status")).isEqualTo("UP");
		this.template.send("orders", "a-bad-record").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			DocumentContext listeners = get("/actuator/health/kafkaGuardrails/listeners", 503);
			assertThat(listeners.<Map<String, Object>>read("$.details.orders-listener")).containsEntry("running", false)
				.containsEntry("reason", "ABNORMAL");
		});
		assertThat(get("/actuator/health", 503).<String>read("$.components.kafkaGuardrails.status")).isEqualTo("DOWN");
		assertThat(get("/actuator/health/liveness", 200).<String>read("$.status")).isEqualTo("UP");
		assertThat(get("/actuator/health/readiness", 200).<String>read("$.status")).isEqualTo("UP");
		assertThat(get("/actuator/kafkaguardrails", 200).<String>read("$.listeners[0].state")).isEqualTo("stopped");
	}

	@Test
	void theEndpointShowsFindingsAndNoSecret() throws Exception {
		DocumentContext shown = get("/actuator/kafkaguardrails", 200);
		assertThat(shown.<Integer>read("$.rules")).isEqualTo(1);
		assertThat(shown.<Map<String, Integer>>read("$.counts")).containsEntry("warning", 1).containsEntry("error", 0);
		assertThat(shown.<String>read("$.findings[0].rule")).isEqualTo("producer-acks-not-all");
		assertThat(shown.<String>read("$.findings[0].subjects[0].name")).isEqualTo("kafkaProducerFactory");
		assertThat(shown.<String>read("$.findings[0].evidence[0].origin")).isEqualTo("application.yml:12:13");
		assertThat(shown.<List<String>>read("$.clients[*].settings[*].value")).contains("******");
		assertThat(shown.jsonString()).doesNotContain(TestInspection.SECRET);
	}

	@Test
	void theEndpointShowsTheFindingsInOtherFormats() throws Exception {
		for (String accept : List.of("*/*", "application/sarif+json", "application/json")) {
			HttpResponse<String> sarif = request("/actuator/kafkaguardrails/sarif", accept);
			assertThat(sarif.statusCode()).as("%s", accept).isEqualTo(200);
			assertThat(sarif.headers().firstValue("Content-Type")).hasValue("application/sarif+json");
			DocumentContext log = JsonPath.parse(sarif.body());
			assertThat(log.<String>read("$.version")).isEqualTo("2.1.0");
			assertThat(log.<String>read("$.runs[0].results[0].ruleId")).isEqualTo("producer-acks-not-all");
			assertThat(sarif.body()).doesNotContain("null", TestInspection.SECRET);
		}
		HttpResponse<String> baseline = request("/actuator/kafkaguardrails/baseline", "*/*");
		assertThat(baseline.statusCode()).isEqualTo(200);
		assertThat(baseline.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
		assertThat(baseline.body()).contains("\n  - rule: \"producer-acks-not-all\"\n");
		assertThat(request("/actuator/kafkaguardrails/pdf", "*/*").statusCode()).isEqualTo(404);
	}

	@Test
	void findingsAreMeters() {
		assertThat(this.meters.get("kafka.guardrails.findings")
			.tags("severity", "warning", "state", "violated")
			.gauge()
			.value()).isEqualTo(1);
	}

	private HttpResponse<String> request(String path, String accept) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return this.client.send(HttpRequest.newBuilder(uri).header("Accept", accept).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private DocumentContext get(String path, int status) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + path);
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
		return JsonPath.parse(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration")
	static class Application {

		@KafkaListener(id = "orders-listener", topics = "orders")
		void handle(String order) {
			throw new IllegalStateException("cannot process");
		}

		@Bean
		CommonContainerStoppingErrorHandler errorHandler() {
			return new CommonContainerStoppingErrorHandler();
		}

		@Bean
		PitfallInspection inspection() {
			return TestInspection.inspected(TestInspection.setup());
		}

		@Bean
		ClusterCheck clusterCheck(PitfallInspection inspection) {
			return new ClusterCheck(inspection, List::of);
		}

		@Bean
		ErrorHandlingRegistry errorHandlingRegistry() {
			return new ErrorHandlingRegistry();
		}

	}

}
