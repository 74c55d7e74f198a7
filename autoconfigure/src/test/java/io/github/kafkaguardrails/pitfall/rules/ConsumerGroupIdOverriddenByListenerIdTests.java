package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup.ConsumerBuilder;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerGroupIdOverriddenByListenerId}. */
class ConsumerGroupIdOverriddenByListenerIdTests {

	private final ConsumerGroupIdOverriddenByListenerId rule = new ConsumerGroupIdOverriddenByListenerId();

	private static final String PROPERTY = "spring.kafka.consumer.group-id";

	@Test
	void flagsAnIdThatReplacesTheGroup() {
		assertThat(check((factory) -> factory.property("group.id", PROPERTY, "billing"), (listener) -> {
		})).hasSize(1);
		assertThat(check((factory) -> factory.code("group.id", "billing"), (listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresAGroupThatTheAnnotationNames() {
		assertThat(check((factory) -> factory.property("group.id", PROPERTY, "billing"),
				(listener) -> listener.groupFromId = false))
			.isEmpty();
	}

	@Test
	void ignoresAnIdThatIsTheConfiguredGroup() {
		assertThat(check((factory) -> factory.property("group.id", PROPERTY, "orders-listener"), (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresListenersWithoutAConfiguredGroup() {
		assertThat(check((factory) -> {
		}, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresTheGroupOfAnotherFactory() {
		assertThat(check((factory) -> factory.property("group.id", PROPERTY, "billing"),
				(listener) -> listener.consumerFactory = "otherFactory"))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((factory) -> factory.property("group.id", PROPERTY, "billing"), (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("group.id = billing (application.yml:12:13)",
					"id = orders-listener (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("joins the group 'orders-listener'");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("use the configured group: @KafkaListener(id = \"orders-listener\", idIsGroup = false, ...)");
	}

	private List<Finding> check(Consumer<ConsumerBuilder> factory, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withConsumer("kafkaConsumerFactory", factory)
			.withListener("orders-listener", (listener) -> {
				listener.groupFromId = true;
				listener.groupId = "orders-listener";
				customizer.accept(listener);
			})
			.build());
	}

}
