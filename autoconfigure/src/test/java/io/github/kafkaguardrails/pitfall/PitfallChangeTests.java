package io.github.kafkaguardrails.pitfall;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.PitfallChange.Violation;
import io.github.kafkaguardrails.pitfall.ReportedFinding.State;
import io.github.kafkaguardrails.setup.Subject;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PitfallChange}. */
class PitfallChangeTests {

	private static final ReportedFinding ORDERS = finding("topic-missing", Severity.WARNING, State.VIOLATED, "orders");

	@Test
	void whatIsNewAppearsOnce() {
		PitfallChange first = PitfallChange.none().next(report(ORDERS), true);
		assertThat(first.appeared()).containsExactly(ORDERS);
		PitfallChange second = first.next(report(ORDERS), true);
		assertThat(second.appeared()).isEmpty();
		assertThat(second.resolved()).isEmpty();
	}

	@Test
	void onlyTheNewSubjectsOfAFindingAppear() {
		PitfallChange change = PitfallChange.none()
			.next(report(ORDERS), true)
			.next(report(finding("topic-missing", Severity.WARNING, State.VIOLATED, "orders", "payments")), true);
		assertThat(change.appeared()).singleElement()
			.extracting(ReportedFinding::subjects)
			.isEqualTo(subjects("payments"));
	}

	@Test
	void otherNumbersAreNoNews() {
		PitfallChange change = PitfallChange.none()
			.next(report(ORDERS), true)
			.next(report(new ReportedFinding(ORDERS.rule(), ORDERS.title(), ORDERS.severity(), ORDERS.state(),
					ORDERS.subjects(), List.of(), "Up to 1,001 records wait.", List.of(), null, null, null)), true);
		assertThat(change.appeared()).isEmpty();
	}

	@Test
	void whatGetsWorseAppearsAgainAndResolvesNothing() {
		PitfallChange change = PitfallChange.none()
			.next(report(ORDERS), true)
			.next(report(finding("topic-missing", Severity.ERROR, State.VIOLATED, "orders")), true);
		assertThat(change.appeared()).extracting(ReportedFinding::severity).containsExactly(Severity.ERROR);
		assertThat(change.resolved()).isEmpty();
		assertThat(change.next(report(ORDERS), true).appeared()).isEmpty();
	}

	@Test
	void whatIsGoneIsResolvedOnceAndMayComeBack() {
		PitfallChange gone = PitfallChange.none().next(report(ORDERS), true).next(report(), true);
		assertThat(gone.resolved()).containsExactly(violation("orders"));
		assertThat(gone.next(report(), true).resolved()).isEmpty();
		assertThat(gone.next(report(ORDERS), true).appeared()).containsExactly(ORDERS);
	}

	@Test
	void anOutageResolvesNothingAndMakesNothingNew() {
		PitfallChange outage = PitfallChange.none().next(report(ORDERS), true).next(report(), false);
		assertThat(outage.resolved()).isEmpty();
		PitfallChange back = outage.next(report(ORDERS), true);
		assertThat(back.appeared()).isEmpty();
		assertThat(back.next(report(), true).resolved()).containsExactly(violation("orders"));
	}

	@Test
	void aRuleThatCouldNotCheckResolvesNothing() {
		ReportedFinding unknown = finding("topic-missing", Severity.INFO, State.UNKNOWN, "payments");
		PitfallChange denied = PitfallChange.none().next(report(ORDERS), true).next(report(unknown), true);
		assertThat(denied.appeared()).isEmpty();
		assertThat(denied.resolved()).isEmpty();
		assertThat(denied.next(report(finding("another", Severity.INFO, State.UNKNOWN, "payments")), true).resolved())
			.containsExactly(violation("orders"));
	}

	@Test
	void acceptedFindingsAreNoViolations() {
		assertThat(PitfallChange.none()
			.next(report(finding("topic-missing", Severity.WARNING, State.ACCEPTED, "orders")), true)
			.appeared()).isEmpty();
	}

	private static PitfallReport report(ReportedFinding... findings) {
		return new PitfallReport(List.of(findings), 1);
	}

	private static ReportedFinding finding(String rule, Severity severity, State state, String... topics) {
		return new ReportedFinding(rule, "A topic is missing", severity, state, subjects(topics), List.of(),
				"Nothing arrives.", List.of(), null, null, null);
	}

	private static List<Subject> subjects(String... topics) {
		return new ArrayList<>(Stream.of(topics).map((topic) -> new Subject(Subject.Kind.TOPIC, topic)).toList());
	}

	private static Violation violation(String topic) {
		return new Violation("topic-missing", new Subject(Subject.Kind.TOPIC, topic));
	}

}
