package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerConcurrencyExceedsPartitions}. */
class ListenerConcurrencyExceedsPartitionsTests {

	private static final String PROPERTY = "spring.kafka.listener.concurrency";

	private final ListenerConcurrencyExceedsPartitions rule = new ListenerConcurrencyExceedsPartitions();

	@ParameterizedTest
	@CsvSource({ "4,3,WARNING", "3,3,INFO", "2,3,", "1,1,", "2,1,WARNING" })
	void comparesThreadsWithPartitions(int threads, int partitions, Severity severity) {
		List<Finding> findings = check(threads, partitions, (listener) -> {
		});
		assertThat(findings)
			.extracting((finding) -> (finding.severity() != null) ? finding.severity() : Severity.WARNING)
			.isEqualTo((severity != null) ? List.of(severity) : List.of());
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.INFO)
			.allSatisfy((finding) -> assertThat(finding.harm()).startsWith("Each thread has one partition"));
	}

	@Test
	void addsThePartitionsOfAllTopics() {
		assertThat(check(4, 3, (listener) -> listener.subscription = Subscription.ofTopics("orders", "payments")))
			.isEmpty();
		assertThat(check(7, 3, (listener) -> listener.subscription = Subscription.ofTopics("orders", "payments")))
			.hasSize(1);
	}

	@Test
	void isSilentWhenATopicIsMissing() {
		assertThat(check(40, 3, (listener) -> listener.subscription = Subscription.ofTopics("orders", "missing")))
			.isEmpty();
	}

	@Test
	void ignoresPatternsShareGroupsAssignedPartitionsAndRetryContainers() {
		assertThat(check(4, 3, (listener) -> listener.subscription = new Subscription(List.of(), "ord.*", List.of())))
			.isEmpty();
		assertThat(check(4, 3, (listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
		assertThat(check(4, 3,
				(listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
		assertThat(check(4, 3, (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(12, 3, (listener) -> listener.bootValues = Map.of(PROPERTY, "12")).get(0);
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(PROPERTY + " = 12 (application.yml:12:13)",
					"partitions of orders = 3 (cluster 'localhost:9092')");
		assertThat(finding.harm()).startsWith("9 of its threads never get a partition");
		assertThat(finding.fixes()).first().isEqualTo(Fix.set(PROPERTY, 3));
	}

	@Test
	void namesTheListenerWhenThePropertyIsNotTheCause() {
		Finding finding = check(5, 3, (listener) -> listener.bootValues = Map.of(PROPERTY, "5")).get(0);
		assertThat(finding.evidence().get(0)).hasToString("concurrency = 5 (com.example.Orders#handle)");
		assertThat(finding.fixes()).first()
			.isEqualTo(Fix.action("reduce the concurrency of com.example.Orders#handle to 3 or less"));
		assertThat(check(12, 3, (listener) -> {
		}).get(0).evidence().get(0)).hasToString("concurrency = 12 (com.example.Orders#handle)");
	}

	private List<Finding> check(int threads, int partitions, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withProperty(PROPERTY, 12).withListener("one", (listener) -> {
			listener.concurrency = threads;
			customizer.accept(listener);
		})
			.withCluster((cluster) -> cluster.topic("orders", (topic) -> topic.partitions = partitions)
				.topic("payments", (topic) -> topic.partitions = partitions))
			.build());
	}

}
