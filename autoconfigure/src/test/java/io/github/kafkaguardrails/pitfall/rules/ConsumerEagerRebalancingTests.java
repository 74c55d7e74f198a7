package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerEagerRebalancing}. */
class ConsumerEagerRebalancingTests {

	private final ConsumerEagerRebalancing rule = new ConsumerEagerRebalancing();

	private static final String PROPERTIES = "spring.kafka.consumer.properties.";

	private static final String STRATEGY = "partition.assignment.strategy";

	@Test
	void flagsTheDefaultListWhichIsCooperativeOnlyInName() {
		assertThat(check((listener) -> {
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).singleElement()
				.hasToString(STRATEGY + " = " + RangeAssignor.class.getName() + ", "
						+ CooperativeStickyAssignor.class.getName() + " (Kafka client default)"));
		assertThat(new RangeAssignor().supportedProtocols())
			.doesNotContain(ConsumerPartitionAssignor.RebalanceProtocol.COOPERATIVE);
	}

	@Test
	void flagsAnEagerAssignorAmongOthers() {
		assertThat(
				check((listener) -> listener.code(STRATEGY, List.of("com.example.OwnAssignor", StickyAssignor.class))))
			.hasSize(1);
	}

	@Test
	void ignoresTheCooperativeAssignorAlone() {
		assertThat(check((listener) -> listener.property(STRATEGY, PROPERTIES + STRATEGY,
				CooperativeStickyAssignor.class.getName())))
			.isEmpty();
	}

	@Test
	void ignoresAnAssignorOfTheApplication() {
		assertThat(check((listener) -> listener.code(STRATEGY, "com.example.OwnAssignor"))).isEmpty();
	}

	@Test
	void ignoresTheNewProtocol() {
		assertThat(check((listener) -> listener.property("group.protocol", PROPERTIES + "group.protocol", "consumer")))
			.isEmpty();
	}

	@Test
	void ignoresPartitionsAssignedByHand() {
		assertThat(check((listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(
				(listener) -> listener.property(STRATEGY, PROPERTIES + STRATEGY, RangeAssignor.class.getName()))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString(STRATEGY + " = " + RangeAssignor.class.getName() + " (application.yml:12:13)");
		assertThat(finding.harm()).contains("give up all partitions");
		assertThat(finding.fixes()).extracting(Fix::text)
			.containsExactly(
					"with brokers 4.0 or later delete partition.assignment.strategy and set "
							+ "spring.kafka.consumer.properties.group.protocol: consumer",
					"with older brokers let partition.assignment.strategy be "
							+ CooperativeStickyAssignor.class.getName() + " alone");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener(customizer));
	}

}
