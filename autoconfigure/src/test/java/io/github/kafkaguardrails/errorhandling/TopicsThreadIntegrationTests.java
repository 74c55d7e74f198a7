package io.github.kafkaguardrails.errorhandling;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The thread that provides topics ends with the application. */
class TopicsThreadIntegrationTests {

	@Test
	void endsWithTheApplicationThoughNoBrokerAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0)) {
			Map<String, Object> properties = Map.of("spring.kafka.bootstrap-servers",
					"localhost:" + silent.getLocalPort(), ListenerApplication.UNSET, "true");
			try (ListenerApplication application = new ListenerApplication("orders", "billing", "record", properties)) {
				Awaitility.await().until(() -> alive() && application.container("main").isRunning());
			}
			Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> !alive());
		}
	}

	private static boolean alive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("kafka-guardrails-topics"));
	}

}
