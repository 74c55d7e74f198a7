package io.github.kafkaguardrails.pitfall.rules;

import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.core.DefaultShareConsumerFactory;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link ListenerShareForbiddenConfig}. */
class ListenerShareForbiddenConfigTests {

	private final ListenerShareForbiddenConfig rule = new ListenerShareForbiddenConfig();

	@ParameterizedTest
	@ValueSource(strings = { "auto.offset.reset", "enable.auto.commit", "group.instance.id", "isolation.level",
			"partition.assignment.strategy", "interceptor.classes", "session.timeout.ms", "heartbeat.interval.ms",
			"group.protocol", "group.remote.assignor" })
	void refusesWhatTheClientRefuses(String key) {
		assertThat(this.rule.check(share((listener) -> listener.framework(key, "read_uncommitted")))).hasSize(1);
		Map<String, Object> config = Map.of("bootstrap.servers", "localhost:1", "key.deserializer",
				StringDeserializer.class, "value.deserializer", StringDeserializer.class, key, "read_uncommitted");
		assertThatThrownBy(
				() -> new DefaultShareConsumerFactory<Object, Object>(config).createShareConsumer("orders", "client"))
			.hasStackTraceContaining(key + " cannot be set");
	}

	@Test
	void ignoresOtherKeys() {
		assertThat(this.rule.check(share((listener) -> listener.code("max.poll.records", 10)))).isEmpty();
	}

	@Test
	void ignoresOtherConsumers() {
		assertThat(this.rule.check(listener((listener) -> listener.code("auto.offset.reset", "earliest")))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(share((listener) -> listener.framework("isolation.level", "read_uncommitted")
				.property("auto.offset.reset", "spring.kafka.consumer.auto-offset-reset", "earliest")))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("auto.offset.reset = earliest (application.yml:12:13)",
					"isolation.level = read_uncommitted (Spring default)");
		assertThat(finding.harm()).contains("cannot start");
		assertThat(finding.fixes()).extracting(Fix::text)
			.containsExactly("remove from the map of the share consumer factory: auto.offset.reset, isolation.level",
					"kafka-configs.sh --bootstrap-server <broker> --alter --entity-type groups --entity-name billing "
							+ "--add-config share.auto.offset.reset=earliest");
	}

	private static KafkaSetup share(Consumer<ListenerBuilder> customizer) {
		return listener((listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.remove("enable.auto.commit").remove("isolation.level");
			customizer.accept(listener);
		});
	}

}
