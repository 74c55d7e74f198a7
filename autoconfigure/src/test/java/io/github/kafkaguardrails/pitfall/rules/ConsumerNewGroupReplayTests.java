package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.PartitionSetup.Offsets;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsumerNewGroupReplay}, {@link OffsetBacklog}, {@link OffsetReset}.
 */
class ConsumerNewGroupReplayTests {

	private static final Map<Integer, Long> NOTHING = Map.of();

	private final ConsumerNewGroupReplay rule = new ConsumerNewGroupReplay();

	@ParameterizedTest
	@CsvSource({ "earliest,1001,processes", "latest,1001,skips", "earliest,1000,", "none,5000,", "nonsense,5000," })
	void countsTheRecordsWithoutACommittedOffset(String policy, long records, String verb) {
		List<Finding> findings = check(policy, NOTHING, (topic) -> {
			topic.partitions = 1;
			topic.offsets = Reading.of(new Offsets(500, 500 + records));
		});
		assertThat(findings).hasSize((verb != null) ? 1 : 0)
			.allSatisfy((finding) -> assertThat(finding.harm()).contains(verb + " up to 1,001 old records"));
	}

	@Test
	void addsThePartitionsAndLeavesOutThoseWithACommittedOffset() {
		assertThat(check("earliest", Map.of(1, 0L), offsets(0, 500))).isEmpty();
		assertThat(check("earliest", Map.of(1, 0L), offsets(0, 501))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("1,002"));
	}

	@Test
	void ignoresAGroupThatIsUpToDateAndOneThatLags() {
		assertThat(check("earliest", Map.of(0, 9000L, 1, 9000L, 2, 5000L), offsets(5000, 9000))).isEmpty();
	}

	@Test
	void ignoresAGroupThatStandsAtTheFirstRecord() {
		assertThat(check("latest", Map.of(0, 5000L, 1, 5000L, 2, 5000L), offsets(5000, 9000))).isEmpty();
	}

	@Test
	void countsDeletedRecords() {
		assertThat(check("earliest", Map.of(0, 0L, 1, 6000L, 2, 6000L), offsets(5000, 6000))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.isEqualTo("Up to 5,000 records were deleted before the group read them; "
						+ "the reset policy decides where it goes on."));
		assertThat(check("latest", Map.of(0, 0L, 1, 6000L, 2, 6000L), offsets(5000, 6000))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith(
					"A consumer that starts without a committed offset skips up to 1,000 old records. Up to 5,000"));
		assertThat(check("earliest", Map.of(0, 4000L, 1, 6000L, 2, 6000L), offsets(5000, 6000))).isEmpty();
	}

	@Test
	void countsFromTheOffsetOfADuration() {
		assertThat(check("by_duration:P1D", NOTHING, (topic) -> {
			topic.offsets = Reading.of(new Offsets(0, 9000));
			topic.offsetsByAge = Map.of(Duration.ofDays(1), 8600L);
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.isEqualTo("A consumer that starts without a committed offset processes up to 1,200 old records."));
		assertThat(check("by_duration:P1D", NOTHING, offsets(0, 9000))).singleElement()
			.satisfies((finding) -> assertThat(finding.checked()).isFalse());
		assertThat(check("by_duration:tomorrow", NOTHING, offsets(0, 9000))).isEmpty();
	}

	@Test
	void saysHowOldTheRecordsAre() {
		assertThat(check("earliest", NOTHING, (topic) -> {
			topic.offsets = Reading.of(new Offsets(100, 9000));
			topic.offsetsByAge = Map.of(Duration.ofHours(1), 8000L, Duration.ofDays(7), 600L, Duration.ofDays(30),
					100L);
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.endsWith("up to 26,700 old records, 1,500 of them older than 7 d."));
		assertThat(check("earliest", NOTHING, (topic) -> {
			topic.offsets = Reading.of(new Offsets(0, 9000));
			topic.offsetsByAge = Map.of(Duration.ofHours(1), 8000L, Duration.ofDays(1), 0L);
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).endsWith("24,000 of them older than 1 h."));
	}

	@Test
	void ignoresShareGroupsAssignedPartitionsAndRandomGroups() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
		assertThat(check((listener) -> listener.subscription = new Subscription(List.of(), null, List.of("orders-0"))))
			.isEmpty();
		assertThat(check((listener) -> listener.value(new ConfigValue("group.id", "billing", "${random.uuid}",
				ValueOrigin.property("spring.kafka.consumer.group-id", TestSetup.FILE)))))
			.isEmpty();
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application()
			.withListener("one", (listener) -> listener.code("auto.offset.reset", "earliest"))
			.withCluster((cluster) -> cluster.topic("orders", offsets(0, 9000)).group("billing", Map.of()));
		assertThat(this.rule.check(application.build())).hasSize(1);
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isUnknownWhenOffsetsCouldNotBeRead(boolean group) {
		assertThat(check((cluster) -> {
			cluster.topic("orders",
					(topic) -> topic.offsets = group ? topic.offsets : Reading.unknown("no permission"));
			cluster.group(new GroupSetup("billing", group ? Reading.unknown("no permission") : Reading.of(Map.of()),
					Reading.unknown("the cluster authorizes nobody")));
		}, (listener) -> {
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.checked()).isFalse();
			assertThat(finding.harm()).contains("no permission");
		});
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("earliest", NOTHING, offsets(0, 1000)).get(0);
		assertThat(finding.subject()).hasToString("group 'billing'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("auto.offset.reset = earliest (application.yml:12:13)",
					"group of listener 'one' = billing (com.example.Orders#handle)",
					"records without a valid committed offset = 3000 (topic 'orders')");
		assertThat(finding.fixes()).containsExactly(Fix.action("keep the former group id, if there was one"),
				Fix.action("or stop the group and position it: kafka-consumer-groups.sh --bootstrap-server "
						+ "localhost:9092 --group billing --topic orders --reset-offsets --to-latest --execute"),
				Fix.set("spring.kafka.consumer.auto-offset-reset", "none"));
	}

	private static Consumer<TopicBuilder> offsets(long earliest, long latest) {
		return (topic) -> topic.offsets = Reading.of(new Offsets(earliest, latest));
	}

	private List<Finding> check(String policy, Map<Integer, Long> committed, Consumer<TopicBuilder> topic) {
		return check((cluster) -> cluster.topic("orders", topic).group("billing", Map.of("orders", committed)),
				(listener) -> listener.property("auto.offset.reset", "spring.kafka.consumer.auto-offset-reset",
						policy));
	}

	private List<Finding> check(Consumer<ListenerBuilder> listener) {
		return check((cluster) -> cluster.topic("orders", offsets(0, 9000)).group("billing", Map.of()), listener);
	}

	private List<Finding> check(Consumer<TestCluster> cluster, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(application().withListener("one", (listener) -> {
			listener.code("auto.offset.reset", "earliest");
			customizer.accept(listener);
		}).withCluster(cluster).build());
	}

}
