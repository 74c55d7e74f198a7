package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup.ClientBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsInternalTopicsUnderreplicated}. */
class StreamsInternalTopicsUnderreplicatedTests {

	private static final String PROPERTY = "spring.kafka.streams.replication-factor";

	private final StreamsInternalTopicsUnderreplicated rule = new StreamsInternalTopicsUnderreplicated();

	@Test
	void flagsOneCopyThatTheApplicationAsksFor() {
		Finding finding = check((streams) -> streams.property("replication.factor", PROPERTY, 1), (cluster) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("streams 'totals'");
		assertThat(finding.evidence()).singleElement().hasToString("replication.factor = 1 (application.yml:12:13)");
		assertThat(finding.harm()).contains("stores are lost");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, 3));
	}

	@Test
	void flagsOneCopyThatTheBrokersGive() {
		assertThat(check((streams) -> {
		}, (cluster) -> cluster.brokerDefault("default.replication.factor", "1"))).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).extracting(Object::toString)
				.containsExactly("replication.factor = -1 (Kafka client default)",
						"default.replication.factor = 1 (broker default)"));
	}

	@Test
	void ignoresMoreCopies() {
		assertThat(check((streams) -> {
		}, (cluster) -> {
		})).isEmpty();
		assertThat(check((streams) -> streams.code("replication.factor", 3),
				(cluster) -> cluster.brokerDefault("default.replication.factor", "1")))
			.isEmpty();
	}

	@Test
	void ignoresASmallCluster() {
		assertThat(check((streams) -> streams.code("replication.factor", 1),
				(cluster) -> cluster.brokers = List.of(TestCluster.broker(1), TestCluster.broker(2))))
			.isEmpty();
	}

	@Test
	void flagsTopicsThatExist() {
		assertThat(check((streams) -> {
		}, (cluster) -> cluster.topic("totals-sums-changelog", (topic) -> topic.replicas = List.of(1))
			.topic("totals-by-day-repartition", (topic) -> topic.replicas = List.of(1, 2))
			.topic("totals-other-changelog")
			.topic("foreign-sums-changelog", (topic) -> topic.replicas = List.of(1)))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.evidence()).extracting(Object::toString)
					.containsExactly("replication.factor = 2 (topic 'totals-by-day-repartition')",
							"replication.factor = 1 (topic 'totals-sums-changelog')");
				assertThat(finding.fixes().get(0).text()).contains("kafka-reassign-partitions.sh");
			});
	}

	@Test
	void isUnknownWhenTheBrokersDoNotShowTheirConfiguration() {
		assertThat(check((streams) -> {
		}, (cluster) -> cluster.brokerConfigProblem = "no permission")).extracting(Finding::checked)
			.containsExactly(false);
		assertThat(check((streams) -> streams.code("replication.factor", 3),
				(cluster) -> cluster.brokerConfigProblem = "no permission"))
			.isEmpty();
	}

	private List<Finding> check(Consumer<ClientBuilder<?>> customizer, Consumer<TestCluster> cluster) {
		return this.rule.check(application().withStreams("totals", (streams) -> {
			streams.code("bootstrap.servers", "localhost:9092").code("application.id", "totals");
			customizer.accept(streams);
		}).withCluster(cluster).build());
	}

}
