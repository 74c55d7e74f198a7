package io.github.kafkaguardrails.errorhandling;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A start without a broker is as it would be without Kafka Guardrails. */
class UnreachableBrokerIntegrationTests {

	private static final Duration ALLOWANCE = Duration.ofSeconds(2);

	@Test
	void startsAsWithoutTheStarter() throws IOException {
		String address = closedAddress();
		start(address, false);
		long without = Math.min(start(address, false), start(address, false));
		long with = Math.min(start(address, true), start(address, true));
		assertThat(with).isLessThan(without + ALLOWANCE.toMillis());
	}

	private static long start(String address, boolean enabled) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.kafka.bootstrap-servers", address);
		properties.put("kafka.guardrails.enabled", enabled);
		properties.put(ListenerApplication.UNSET, "true");
		long begin = System.nanoTime();
		try (ListenerApplication application = new ListenerApplication("orders", "billing", "record", properties)) {
			long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
			assertThat(application.container("main").isRunning()).isTrue();
			return millis;
		}
	}

	private static String closedAddress() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return "localhost:" + socket.getLocalPort();
		}
	}

}
