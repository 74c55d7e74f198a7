package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerFactoryBypassesBootProperties}. */
class ListenerFactoryBypassesBootPropertiesTests {

	private static final String ACK_MODE = "spring.kafka.listener.ack-mode";

	private final ListenerFactoryBypassesBootProperties rule = new ListenerFactoryBypassesBootProperties();

	@ParameterizedTest
	@ValueSource(strings = { ACK_MODE, "spring.kafka.listener.ackMode", "spring.kafka.listener.ack_mode",
			"SPRING_KAFKA_LISTENER_ACKMODE" })
	void flagsAnotherValueInEverySpellingOfTheProperty(String property) {
		assertThat(check(property, "manual", Map.of(ACK_MODE, "BATCH"))).hasSize(1);
	}

	@Test
	void ignoresAnEqualValueInAnotherSpelling() {
		assertThat(check(ACK_MODE, "manual-immediate", Map.of(ACK_MODE, "MANUAL_IMMEDIATE"))).isEmpty();
	}

	@Test
	void ignoresAPropertyThatIsNotSet() {
		assertThat(check(ACK_MODE, "manual", Map.of("spring.kafka.listener.concurrency", "1"))).isEmpty();
	}

	@Test
	void flagsAContainerWithoutAnyValue() {
		assertThat(check("spring.kafka.listener.auth-exception-retry-interval", "10s",
				Map.of("spring.kafka.listener.auth-exception-retry-interval", "")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).endsWith("runs with nothing set."));
	}

	@Test
	void flagsEachPropertyOfAContainer() {
		assertThat(this.rule.check(application().withProperty("spring.kafka.listener.concurrency", 3)
			.withProperty(ACK_MODE, "manual")
			.withListener("orders",
					(listener) -> listener.bootValues = Map.of("spring.kafka.listener.concurrency", "1", ACK_MODE,
							"BATCH"))
			.build())).extracting((finding) -> finding.evidence().get(0).key())
			.containsExactly(ACK_MODE, "spring.kafka.listener.concurrency");
	}

	@Test
	void ignoresAPropertyThatIsSetTwiceAndOnceAsTheContainerHasIt() {
		assertThat(this.rule.check(application().withProperty(ACK_MODE, "manual")
			.withProperty("SPRING_KAFKA_LISTENER_ACKMODE", "record")
			.withListener("orders", (listener) -> listener.bootValues = Map.of(ACK_MODE, "RECORD"))
			.build())).isEmpty();
	}

	@Test
	void reportsAPropertyThatIsSetTwiceOnce() {
		assertThat(this.rule.check(application().withProperty(ACK_MODE, "manual")
			.withProperty("SPRING_KAFKA_LISTENER_ACKMODE", "record")
			.withListener("orders", (listener) -> listener.bootValues = Map.of(ACK_MODE, "BATCH"))
			.build())).hasSize(1);
	}

	@Test
	void ignoresShareGroupsAndContainersThatAreNotTheUsers() {
		assertThat(this.rule.check(application().withProperty(ACK_MODE, "manual").withListener("share", (listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.bootValues = Map.of(ACK_MODE, "EXPLICIT");
		}).withListener("retry", (listener) -> {
			listener.role = ListenerSetup.Role.AUXILIARY;
			listener.bootValues = Map.of(ACK_MODE, "BATCH");
		}).build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(ACK_MODE, "manual", Map.of(ACK_MODE, "BATCH")).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("spring.kafka.listener.ack-mode = manual (application.yml:12:13)");
		assertThat(finding.harm()).isEqualTo(
				"The property looks effective and is not: the container of the factory 'ordersFactory' runs with BATCH.");
		assertThat(finding.fixes().get(0).text())
			.contains("ConcurrentKafkaListenerContainerFactoryConfigurer.configure(factory, consumerFactory)");
	}

	private List<Finding> check(String property, String value, Map<String, String> bootValues) {
		return this.rule.check(application().withProperty(property, value).withListener("orders", (listener) -> {
			listener.factory = "ordersFactory";
			listener.bootValues = bootValues;
		}).build());
	}

}
