package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerSessionHeartbeatInconsistent}. */
class ConsumerSessionHeartbeatInconsistentTests {

	private static final String SESSION = "spring.kafka.consumer.properties.session.timeout.ms";

	private static final String HEARTBEAT = "spring.kafka.consumer.heartbeat-interval";

	private final ConsumerSessionHeartbeatInconsistent rule = new ConsumerSessionHeartbeatInconsistent();

	@ParameterizedTest
	@CsvSource({ "45000,45000,", "45000,44999,WARNING", "45000,15001,WARNING", "45000,15000,NONE", "9999,3333,WARNING",
			"10000,3333,NONE", "10000,3334,WARNING" })
	void judgesTheTwoTogether(int session, int heartbeat, String severity) {
		List<Finding> findings = check(session, heartbeat);
		if ("NONE".equals(severity)) {
			assertThat(findings).isEmpty();
		}
		else {
			assertThat(findings).extracting(Finding::severity)
				.containsExactly((severity != null) ? Severity.valueOf(severity) : null);
		}
	}

	@Test
	void ignoresTheDefaults() {
		assertThat(this.rule.check(listener((listener) -> {
		}))).isEmpty();
	}

	@Test
	void ignoresTheConsumerProtocol() {
		assertThat(this.rule.check(
				listener((listener) -> listener.code("group.protocol", "consumer").code("session.timeout.ms", 1000))))
			.isEmpty();
	}

	@Test
	void flagsOnlyWhatTheClientRefusesForPartitionsAssignedByHand() {
		Subscription manual = new Subscription(List.of(), null, List.of("orders-0"));
		assertThat(this.rule.check(listener((listener) -> {
			listener.subscription = manual;
			listener.code("session.timeout.ms", 3000);
		}))).hasSize(1);
		assertThat(this.rule.check(listener((listener) -> {
			listener.subscription = manual;
			listener.code("session.timeout.ms", 3001);
		}))).isEmpty();
	}

	@Test
	void ignoresAConsumerWithoutAGroupBecauseItSendsNoHeartbeats() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.groupId = null;
			listener.code("session.timeout.ms", 3000);
		}))).isEmpty();
	}

	@Test
	void leavesRefusedValuesToTheirOwnRule() {
		assertThat(this.rule.check(listener((listener) -> listener.code("session.timeout.ms", "3s")))).isEmpty();
		assertThat(this.rule.check(listener((listener) -> listener.code("session.timeout.ms", 3000L)))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(listener((listener) -> listener.property("session.timeout.ms", SESSION, "6000")
				.property("heartbeat.interval.ms", HEARTBEAT, 6000)))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("session.timeout.ms = 6000 (" + TestSetup.FILE + ")",
					"heartbeat.interval.ms = 6000 (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).contains("the container cannot start").contains("45 s and 3 s");
		assertThat(finding.fixes()).containsExactly(Fix.delete(SESSION), Fix.delete(HEARTBEAT));
	}

	@Test
	void deletesOnlyWhatIsSet() {
		assertThat(
				this.rule.check(listener((listener) -> listener.property("heartbeat.interval.ms", HEARTBEAT, 30_000)))
					.get(0)
					.fixes())
			.containsExactly(Fix.delete(HEARTBEAT));
	}

	@ParameterizedTest
	@CsvSource({ "5999,true", "6000,false", "45000,false", "1800000,false", "1800001,true" })
	void flagsASessionThatTheBrokerRefuses(int session, boolean refused) {
		List<Finding> findings = this.rule
			.check(application().withListener("one", (listener) -> listener.code("session.timeout.ms", session))
				.withCluster((cluster) -> cluster.broker("group.max.session.timeout.ms", "1800000"))
				.build());
		assertThat(findings.stream().filter((finding) -> finding.severity() == null)).hasSize(refused ? 1 : 0)
			.allSatisfy((finding) -> {
				assertThat(finding.harm()).contains("The broker refuses a session timeout outside its range");
				assertThat(finding.evidence()).extracting(Object::toString)
					.contains("group.min.session.timeout.ms = 6000 (broker default)",
							"group.max.session.timeout.ms = 1800000 (broker 1)");
			});
	}

	@Test
	void saysNothingAboutABrokerThatHidesItsConfiguration() {
		assertThat(this.rule
			.check(application().withListener("one", (listener) -> listener.code("session.timeout.ms", 1_800_001))
				.withCluster((cluster) -> cluster.brokerConfigProblem = "no permission")
				.build()))
			.isEmpty();
	}

	private List<Finding> check(int session, int heartbeat) {
		return this.rule.check(listener(
				(listener) -> listener.code("session.timeout.ms", session).code("heartbeat.interval.ms", heartbeat)));
	}

}
