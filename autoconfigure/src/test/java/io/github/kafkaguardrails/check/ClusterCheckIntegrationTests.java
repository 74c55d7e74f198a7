package io.github.kafkaguardrails.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

import static org.assertj.core.api.Assertions.assertThat;

/** The check of the clusters in a running application. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=kafkaguardrails",
				"management.endpoint.kafkaguardrails.access=unrestricted", "spring.kafka.consumer.group-id=billing",
				"kafka.guardrails.cluster-check.interval=1h", "kafka.guardrails.enforcement=warn",
				"kafka.guardrails.topics.provisioning=none", "logging.level.io.github.kafkaguardrails.check=info" })
@ExtendWith(OutputCaptureExtension.class)
class ClusterCheckIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String FIRST = TestBroker.get().topic("first", 1);

	private static final String LATER = "later-" + UUID.randomUUID();

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@DynamicPropertySource
	static void broker(DynamicPropertyRegistry properties) {
		properties.add("spring.kafka.bootstrap-servers", TestBroker.get()::bootstrapServers);
		properties.add("test.topics", () -> FIRST + "," + LATER);
	}

	@Test
	void tellsEachChangeOnceAndChecksOnDemand(CapturedOutput output) throws Exception {
		DocumentContext first = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> send("GET"), (shown) -> shown.read("$.clustersReadAt") != null);
		assertThat(first.<List<String>>read("$.clusters[*].state")).containsExactly("readable");
		assertThat(first.<List<String>>read("$.clusters[0].bootstrapServers"))
			.containsExactly(TestBroker.get().bootstrapServers());
		assertThat(missing(first)).containsExactly(LATER);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(appeared()).isEqualTo(1));

		DocumentContext second = send("POST");
		assertThat(Instant.parse(second.read("$.clustersReadAt")))
			.isAfter(Instant.parse(first.read("$.clustersReadAt")));
		assertThat(missing(second)).containsExactly(LATER);
		assertThat(appeared()).isEqualTo(1);

		TestBroker.get().create(LATER, 1, Map.of());
		assertThat(missing(send("POST"))).isEmpty();
		send("POST");
		assertThat(output.getAll()).containsOnlyOnce("no longer finds test-topic-missing (topic '" + LATER + "')");
		assertThat(appeared()).isEqualTo(1);
	}

	private double appeared() {
		Counter counter = this.meters.find("kafka.guardrails.findings.appeared")
			.tag("rule", "test-topic-missing")
			.tag("severity", "warning")
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	private static List<String> missing(DocumentContext shown) {
		return shown.read("$.findings[?(@.rule == 'test-topic-missing')].subjects[*].name");
	}

	private DocumentContext send(String method) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/kafkaguardrails"))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@KafkaListener(id = "main", idIsGroup = false, topics = "#{'${test.topics}'.split(',')}")
		void handle(String order) {
			// nothing is sent
		}

		@Bean
		PitfallRule testTopicMissing() {
			return new TopicMissing();
		}

	}

	/** A rule of an application. */
	@Pitfall(id = "test-topic-missing", title = "A topic is missing", severity = Severity.WARNING,
			why = "Nothing arrives.", remedy = "create it", scope = PitfallScope.CLUSTER, since = "0.1.0")
	private static final class TopicMissing implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return setup.readableClusters()
				.stream()
				.flatMap((cluster) -> cluster.topics().values().stream())
				.filter((topic) -> !topic.exists() && (topic.name().equals(FIRST) || topic.name().equals(LATER)))
				.map((topic) -> Finding.of(new Subject(Subject.Kind.TOPIC, topic.name()), "Nothing arrives."))
				.toList();
		}

	}

}
