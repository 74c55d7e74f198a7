package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerGroupProtocolConflict}. */
class ConsumerGroupProtocolConflictTests {

	private static final String PROPERTIES = "spring.kafka.consumer.properties.";

	private final ConsumerGroupProtocolConflict rule = new ConsumerGroupProtocolConflict();

	@ParameterizedTest
	@CsvSource({ "CONSUMER,session.timeout.ms,45000", "consumer,heartbeat.interval.ms,3000",
			"consumer,partition.assignment.strategy,org.apache.kafka.clients.consumer.RangeAssignor",
			"consumer,share.acknowledgement.mode,explicit", "consumer,share.acquire.mode,record_limit",
			"classic,group.remote.assignor,uniform", "classic,share.acknowledgement.mode,explicit",
			"Classic,share.acquire.mode,record_limit" })
	void flagsAKeyOfTheOtherProtocol(String protocol, String key, String value) {
		assertThat(check(protocol, key, value)).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).key()).isEqualTo(key));
	}

	@ParameterizedTest
	@CsvSource({ "classic,session.timeout.ms,45000", "classic,heartbeat.interval.ms,3000",
			"classic,partition.assignment.strategy,org.apache.kafka.clients.consumer.RangeAssignor",
			"consumer,group.remote.assignor,uniform", "consumer,session.timeout.ms,' '",
			"other,session.timeout.ms,45000", "consumer,max.poll.records,1" })
	void ignoresAKeyOfTheSameProtocol(String protocol, String key, String value) {
		assertThat(check(protocol, key, value)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "group.remote.assignor", "share.acquire.mode" })
	void knowsThatTheClassicProtocolIsTheDefault(String key) {
		assertThat(this.rule.check(listener((listener) -> listener.code(key, "uniform")))).hasSize(1);
	}

	@Test
	void ignoresShareConsumers() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			listener.code("share.acknowledgement.mode", "explicit");
		}))).isEmpty();
	}

	@Test
	void suggestsTheNewProtocolOnlyWhenTheClientWouldAcceptIt() {
		Fix newProtocol = Fix.set(PROPERTIES + "group.protocol", "consumer");
		assertThat(check("classic", "group.remote.assignor", "uniform").get(0).fixes()).contains(newProtocol);
		assertThat(this.rule
			.check(listener(
					(listener) -> listener.code("group.remote.assignor", "uniform").code("session.timeout.ms", 45_000)))
			.get(0)
			.fixes()).doesNotContain(newProtocol);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(listener((listener) -> listener.property("group.protocol", PROPERTIES + "group.protocol", "consumer")
				.property("heartbeat.interval.ms", "spring.kafka.consumer.heartbeat-interval", 3000)
				.property("session.timeout.ms", PROPERTIES + "session.timeout.ms", "45000")))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("session.timeout.ms = 45000 (" + TestSetup.FILE + ")",
					"heartbeat.interval.ms = 3000 (" + TestSetup.FILE + ")",
					"group.protocol = consumer (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).contains("group.protocol=consumer: the container cannot start");
		assertThat(finding.fixes()).containsExactly(Fix.delete(PROPERTIES + "session.timeout.ms"),
				Fix.delete("spring.kafka.consumer.heartbeat-interval"),
				Fix.action(
						"kafka-configs.sh --bootstrap-server <broker> --alter --entity-type groups --entity-name <group> "
								+ "--add-config consumer.session.timeout.ms=45000,consumer.heartbeat.interval.ms=3000"));
	}

	private List<Finding> check(String protocol, String key, String value) {
		return this.rule.check(listener(
				(listener) -> listener.code("group.protocol", protocol).property(key, PROPERTIES + key, value)));
	}

}
