package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerStaticMemberIdNotUnique}. */
class ConsumerStaticMemberIdNotUniqueTests {

	private final ConsumerStaticMemberIdNotUnique rule = new ConsumerStaticMemberIdNotUnique();

	private static final String KEY = "group.instance.id";

	private static final String PROPERTY = "spring.kafka.consumer.properties." + KEY;

	@Test
	void refusesTwoMembersWithOneId() {
		assertThat(check((listener) -> {
		})).hasSize(2).allSatisfy((finding) -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
	}

	@Test
	void refusesARetryContainerThatIsTheSameMember() {
		assertThat(check((other) -> other.role = ListenerSetup.Role.AUXILIARY)).hasSize(2);
	}

	@Test
	void ignoresOtherGroupsIdsAndClusters() {
		assertThat(check((other) -> other.groupId = "shipping")).isEmpty();
		assertThat(check((other) -> other.groupInstanceIds = List.of("other-0"))).isEmpty();
		assertThat(check((other) -> other.code("bootstrap.servers", "elsewhere:9092"))).isEmpty();
	}

	@Test
	void ignoresPartitionsAssignedByHand() {
		assertThat(check((other) -> other.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
	}

	@Test
	void onlyWarnsOfAContainerThatMayNeverStart() {
		assertThat(check((other) -> other.autoStartup = false)).hasSize(2)
			.allSatisfy((finding) -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
	}

	@Test
	void warnsOfAnIdThatAllReplicasShare() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupInstanceIds = List.of("node-0");
			listener.property(KEY, PROPERTY, "node");
		}))).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.harm()).startsWith("All replicas");
			assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "${HOSTNAME}"));
		});
	}

	@Test
	void ignoresAnIdThatDiffersOrIsMadeByCode() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupInstanceIds = List.of("node-0");
			listener.value(new ConfigValue(KEY, "node", "${HOSTNAME}", ValueOrigin.property(PROPERTY, TestSetup.FILE)));
		}))).isEmpty();
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupInstanceIds = List.of("node-0");
			listener.code(KEY, "node");
		}))).isEmpty();
	}

	@Test
	void ignoresDynamicMembers() {
		assertThat(this.rule.check(listener((listener) -> {
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly(KEY + " = node (application.yml:12:13)", "members = node-0 (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("The group 'billing'").contains("see also listener 'other'");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("group.instance.id=${HOSTNAME}-<purpose>"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> other) {
		return this.rule
			.check(application().withListener("orders-listener", this::member).withListener("other", (listener) -> {
				member(listener);
				listener.groupInstanceIds = List.of("node-0", "node-1");
				other.accept(listener);
			}).build());
	}

	private void member(ListenerBuilder listener) {
		listener.groupInstanceIds = List.of("node-0");
		listener.value(new ConfigValue(KEY, "node", "${HOSTNAME}", ValueOrigin.property(PROPERTY, TestSetup.FILE)));
	}

}
