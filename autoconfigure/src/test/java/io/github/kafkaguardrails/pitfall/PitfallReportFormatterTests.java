package io.github.kafkaguardrails.pitfall;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.ReportedFinding.State;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PitfallReportFormatter}. */
class PitfallReportFormatterTests {

	private static final ConfigValue ACKS = ConfigValue.of("acks", "1",
			ValueOrigin.property("spring.kafka.producer.acks", "application.yml:12:13"));

	private final PitfallReportFormatter formatter = new PitfallReportFormatter();

	@Test
	void writesAllFindingsInOneLayout() {
		ReportedFinding acks = finding("producer-acks-not-all", Severity.ERROR, State.VIOLATED,
				List.of(producer("kafkaTemplate")), List.of(ACKS),
				"A record acknowledged by the leader alone is lost when the leader fails before a follower has it.",
				List.of(Fix.set("spring.kafka.producer.acks", "all")));
		ReportedFinding async = finding("listener-async-annotation", Severity.WARNING, State.VIOLATED,
				List.of(new Subject(Subject.Kind.LISTENER, "orders"), new Subject(Subject.Kind.LISTENER, "audit")),
				List.of(), "The container sees an immediate success.",
				List.of(Fix.delete("spring.kafka.listener.async-acks"), Fix.action("remove @Async from the method")));
		assertThat(this.formatter.format(new PitfallReport(List.of(acks, async), 2))).isEqualTo(
				"""
						error    producer-acks-not-all                      producer 'kafkaTemplate'
						         acks = 1                                application.yml:12:13
						         A record acknowledged by the leader alone is lost when the leader fails before a follower has it.
						         Set   spring.kafka.producer.acks: all
						         Or    kafka.guardrails.rules.producer-acks-not-all: warning | a waiver with a reason

						warning  listener-async-annotation                  listener 'orders', listener 'audit'
						         The container sees an immediate success.
						         Delete spring.kafka.listener.async-acks
						         Do    remove @Async from the method
						         Or    kafka.guardrails.rules.listener-async-annotation: off | a waiver with a reason""");
	}

	@Test
	void keepsTwoSpacesBeforeWhatDoesNotFitItsColumn() {
		String id = "error-handling-backoff-exceeds-poll-interval";
		ConfigValue value = ConfigValue.of("spring.deserializer.value.delegate.class",
				"com.example.orders.OrderDeserializer", ValueOrigin.code("bean 'ordersConsumerFactory'"));
		String text = this.formatter.format(new PitfallReport(List.of(finding(id, Severity.WARNING, State.VIOLATED,
				List.of(producer("aProducerFactoryWithAVeryLongNameThatNobodyWouldCut")), List.of(value), "Harm.",
				List.of())), 1));
		assertThat(text.lines()).startsWith(
				"warning  " + id + "  producer 'aProducerFactoryWithAVeryLongNameThatNobodyWouldCut'",
				"         spring.deserializer.value.delegate.class = com.example.orders.OrderDeserializer  "
						+ "set in code by bean 'ordersConsumerFactory'");
	}

	@Test
	void linksToTheDescriptionOfTheRule() {
		ReportedFinding acks = acks(Severity.WARNING, State.VIOLATED);
		ReportedFinding described = new ReportedFinding(acks.rule(), acks.title(), acks.severity(), acks.state(),
				acks.subjects(), acks.evidence(), acks.harm(), acks.fixes(), null, null,
				RuleReference.link(acks.rule()));
		assertThat(this.formatter.format(new PitfallReport(List.of(described), 1)))
			.endsWith("\n         More  " + RuleReference.PAGE + "#producer-acks-not-all");
		assertThat(this.formatter.format(new PitfallReport(List.of(acks), 1))).doesNotContain("More");
	}

	@Test
	void namesThreeSubjectsAndCountsTheOthers() {
		assertThat(firstLine(3)).endsWith("producer 'p1', producer 'p2', producer 'p3'");
		assertThat(firstLine(4)).endsWith("producer 'p3' and 1 more");
		assertThat(firstLine(5)).endsWith("producer 'p1', producer 'p2', producer 'p3' and 2 more");
	}

	@Test
	void leavesOutWhatIsAcceptedOrUnknown() {
		PitfallReport report = new PitfallReport(
				List.of(acks(Severity.ERROR, State.ACCEPTED), acks(Severity.INFO, State.UNKNOWN)), 1);
		assertThat(this.formatter.format(report)).isEmpty();
		assertThat(this.formatter.summary(report)).isEqualTo("no findings");
	}

	@Test
	void masksSecrets() {
		ConfigValue password = ConfigValue.of("ssl.keystore.password", "changeit",
				ValueOrigin.property("spring.kafka.ssl.key-store-password", "application.yml:3:4"));
		assertThat(this.formatter
			.format(new PitfallReport(List.of(finding("security-literal-credentials", Severity.WARNING, State.VIOLATED,
					List.of(Subject.APPLICATION), List.of(password), "Harm.", List.of())), 1)))
			.contains("ssl.keystore.password = ******")
			.doesNotContain("changeit");
	}

	@Test
	void countsBySeverity() {
		assertThat(this.formatter.summary(new PitfallReport(List.of(acks(Severity.ERROR, State.VIOLATED),
				acks(Severity.WARNING, State.VIOLATED), acks(Severity.WARNING, State.VIOLATED),
				acks(Severity.INFO, State.VIOLATED), acks(Severity.INFO, State.VIOLATED)), 5)))
			.isEqualTo("1 error, 2 warnings, 2 info");
	}

	private String firstLine(int subjects) {
		List<Subject> producers = IntStream.rangeClosed(1, subjects).mapToObj((i) -> producer("p" + i)).toList();
		return this.formatter
			.format(new PitfallReport(List.of(finding("producer-acks-not-all", Severity.WARNING, State.VIOLATED,
					producers, List.of(ACKS), "Harm.", List.of())), 1))
			.lines()
			.findFirst()
			.orElseThrow();
	}

	private static ReportedFinding acks(Severity severity, State state) {
		return finding("producer-acks-not-all", severity, state, List.of(producer("p")), List.of(ACKS), "Harm.",
				List.of());
	}

	private static Subject producer(String name) {
		return new Subject(Subject.Kind.PRODUCER, name);
	}

	private static ReportedFinding finding(String rule, Severity severity, State state, List<Subject> subjects,
			List<ConfigValue> evidence, String harm, List<Fix> fixes) {
		return new ReportedFinding(rule, "A title", severity, state, subjects, evidence, harm, fixes, null, null, null);
	}

}
