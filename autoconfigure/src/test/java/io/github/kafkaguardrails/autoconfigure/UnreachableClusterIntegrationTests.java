package io.github.kafkaguardrails.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.kafkaguardrails.pitfall.PitfallInspection;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that declares topics, and a cluster that is away. */
class UnreachableClusterIntegrationTests {

	private static final Duration ALLOWANCE = Duration.ofSeconds(2);

	@Test
	void theStartWaitsAtMostTwoSecondsLonger() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String address = "localhost:" + silent.getLocalPort();
			long without = Long.MAX_VALUE;
			long with = Long.MAX_VALUE;
			// the first start loads classes, and any may be held up by other tests
			for (int round = 0; round < 3; round++) {
				without = Math.min(without, start(address, Map.of("kafka.guardrails.enabled", false)));
				with = Math.min(with, start(address, Map.of()));
			}
			assertThat(with).isLessThan(without + ALLOWANCE.toMillis());
		}
	}

	@Test
	void theOutageIsReadInTheBackgroundAndTheContextClosesInTheMiddleOfARead() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String address = "localhost:" + silent.getLocalPort();
			ConfigurableApplicationContext context = run(address,
					Map.of("spring.kafka.admin.auto-create", false, "kafka.guardrails.cluster-check.interval", "1ms",
							"kafka.guardrails.cluster-check.timeout", "1s", "kafka.guardrails.health.broker.enabled",
							false));
			PitfallInspection inspection = context.getBean(PitfallInspection.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> inspection.clustersReadAt() != null);
			assertThat(inspection.latest().setup()).isNotNull()
				.satisfies((setup) -> assertThat(setup.clusters()).singleElement()
					.matches((cluster) -> !cluster.readable()));
			long begin = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().contains("kafka-guardrails-cluster-check")));
		}
	}

	@Test
	void nothingIsReadWhenNothingIsEnforced() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ConfigurableApplicationContext context = run("localhost:" + silent.getLocalPort(),
						Map.of("kafka.guardrails.enforcement", "off", "kafka.guardrails.health.broker.enabled", false,
								"spring.kafka.admin.operation-timeout", "10ms"))) {
			assertThat(context.getBean("kafkaGuardrailsClusterCheckSchedule")).hasFieldOrPropertyWithValue("running",
					false);
		}
	}

	private static long start(String address, Map<String, Object> properties) {
		long begin = System.nanoTime();
		try (ConfigurableApplicationContext context = run(address, properties)) {
			assertThat(context.isRunning()).isTrue();
			return Duration.ofNanos(System.nanoTime() - begin).toMillis();
		}
	}

	private static ConfigurableApplicationContext run(String address, Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>(
				Map.of("spring.kafka.bootstrap-servers", address, "spring.main.banner-mode", "off",
						"spring.kafka.admin.operation-timeout", "1s", "spring.kafka.admin.close-timeout", "1s"));
		all.putAll(properties);
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(all.entrySet()
				.stream()
				.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
				.toArray(String[]::new));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		NewTopic ordersTopic() {
			return new NewTopic("orders", 6, (short) 1);
		}

	}

}
