package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerRandomGroupId}. */
class ConsumerRandomGroupIdTests {

	private final ConsumerRandomGroupId rule = new ConsumerRandomGroupId();

	private static final String UUID = "6f1c2a52-0a35-4a4c-9b5a-2f8f1f6b7c11";

	private static final String PROPERTY = "spring.kafka.consumer.group-id";

	@ParameterizedTest
	@ValueSource(strings = { "orders-${random.uuid}", "${random.value}", "${GROUP:${random.int}}",
			"#{T(java.util.UUID).randomUUID().toString()}" })
	void flagsRandomValues(String raw) {
		assertThat(check("orders-1", raw)).hasSize(1);
	}

	@Test
	void flagsAUuidThatNobodyWroteDown() {
		assertThat(check("orders-" + UUID, "${orders.group}")).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = UUID;
			listener.code("group.id", UUID);
		}))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "random-orders", "${randomized.group}", "orders-" + UUID, "${spring.application.name}" })
	void ignoresGroupsThatStay(String raw) {
		assertThat(check(raw.replace("${", "").replace("}", ""), raw)).isEmpty();
	}

	@Test
	void ignoresShareGroupsAndContainersOfRetryTopics() {
		assertThat(this.rule.check(listener((listener) -> random(listener).type = ContainerSetup.Type.SHARE)))
			.isEmpty();
		assertThat(this.rule.check(listener((listener) -> random(listener).role = ListenerSetup.Role.AUXILIARY)))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("orders-" + UUID, "orders-${random.uuid}").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("group.id = orders-${random.uuid} (application.yml:12:13)");
		assertThat(finding.harm()).contains("never processed");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "${spring.application.name}"));
	}

	@Test
	void saysWhatTheResetPolicyMakesOfIt() {
		assertThat(this.rule.check(listener((listener) -> random(listener).code("auto.offset.reset", "earliest")))
			.get(0)
			.harm()).contains("everything in the topic again");
		assertThat(this.rule.check(listener((listener) -> random(listener).code("auto.offset.reset", "none")))
			.get(0)
			.harm()).contains("knows nothing");
	}

	private List<Finding> check(String group, String raw) {
		return this.rule.check(listener((listener) -> {
			listener.groupId = group;
			listener.value(new ConfigValue("group.id", group, raw, ValueOrigin.property(PROPERTY, TestSetup.FILE)));
		}));
	}

	private static ListenerBuilder random(ListenerBuilder listener) {
		listener.groupId = UUID;
		return listener.code("group.id", UUID);
	}

}
