package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumerConfigRejected}. */
class ConsumerConfigRejectedTests {

	private static final String PROPERTIES = "spring.kafka.consumer.properties.";

	private static final Subscription MANUAL = new Subscription(List.of(), null, List.of("orders-0"));

	private final ConsumerConfigRejected rule = new ConsumerConfigRejected();

	@ParameterizedTest
	@CsvSource({ "auto.offset.reset,first", "auto.offset.reset,by_duration:1d", "max.poll.records,0",
			"max.poll.interval.ms,5m", "isolation.level,committed", "group.protocol,new", "group.instance.id,''",
			"group.instance.id,orders 1", "partition.assignment.strategy,com.example.Missing",
			"key.deserializer,com.example.Missing", "allow.auto.create.topics,no" })
	void flagsAValueThatTheClientRefuses(String key, String value) {
		assertThat(check(key, value)).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).key()).isEqualTo(key));
	}

	@ParameterizedTest
	@CsvSource({ "auto.offset.reset,none", "auto.offset.reset,by_duration:P1D", "max.poll.records,1",
			"max.poll.interval.ms,300000", "isolation.level,read_committed", "group.protocol,Classic",
			"group.instance.id,orders-1",
			"partition.assignment.strategy,org.apache.kafka.clients.consumer.StickyAssignor",
			"key.deserializer,org.apache.kafka.common.serialization.StringDeserializer",
			"allow.auto.create.topics,false" })
	void ignoresAValueThatTheClientTakes(String key, String value) {
		assertThat(check(key, value)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "auto.offset.reset|smallest|earliest", "auto.offset.reset|beginning|earliest",
			"auto.offset.reset|largest|latest", "auto.offset.reset|end|latest", "auto.offset.reset|EARLIEST|earliest",
			"partition.assignment.strategy|range|org.apache.kafka.clients.consumer.RangeAssignor",
			"partition.assignment.strategy|roundrobin|org.apache.kafka.clients.consumer.RoundRobinAssignor",
			"partition.assignment.strategy|range, cooperative-sticky|org.apache.kafka.clients.consumer.RangeAssignor,org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
			"isolation.level|read-committed|read_committed", "max.poll.interval.ms|5m|300000",
			"group.instance.id|orders 1|orders-1" })
	void namesTheValueThatIsMeant(String key, String value, String meant) {
		assertThat(check(key, value)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTIES + key, meant)));
	}

	@Test
	void flagsAutoCommitWithoutAGroupForPartitionsAssignedByHand() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.subscription = MANUAL;
			listener.groupId = null;
			listener.code("enable.auto.commit", true);
		}))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("'enable.auto.commit' needs a group"));
		assertThat(this.rule.check(listener((listener) -> {
			listener.subscription = MANUAL;
			listener.groupId = null;
		}))).isEmpty();
	}

	@Test
	void flagsABlankGroupForPartitionsAssignedByHandAndLeavesTheRestToItsOwnRule() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.subscription = MANUAL;
			listener.groupId = " ";
		}))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("'group.id' must not be blank."));
		assertThat(this.rule.check(listener((listener) -> listener.groupId = " "))).isEmpty();
	}

	@Test
	void leavesKeysOfTheOtherGroupProtocolToTheirOwnRule() {
		assertThat(this.rule.check(listener((listener) -> listener.code("group.protocol", "consumer")
			.code("session.timeout.ms", "45s")
			.code("partition.assignment.strategy", "range")))).isEmpty();
	}

	@Test
	void ignoresTheClassWhenTheFactoryHoldsAnInstance() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.keyDeserializer = new SerdeSetup(StringDeserializer.class.getName(), true, false, null, null);
			listener.code("key.deserializer", "com.example.Missing");
		}))).isEmpty();
	}

	@Test
	void ignoresAValueThatAConfigurationProviderWillReplace() {
		assertThat(this.rule.check(listener((listener) -> listener.code("config.providers", "env")
			.code("max.poll.records", "${env:RECORDS}")
			.code("group.instance.id", "${env:MEMBER}")))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(listener((listener) -> listener.property("auto.offset.reset",
					"spring.kafka.consumer.auto-offset-reset", "smallest")))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("auto.offset.reset = smallest (" + TestSetup.FILE + ")");
		assertThat(finding.harm())
			.isEqualTo("'auto.offset.reset' must be one of latest, earliest, none, by_duration:PnDTnHnMn.nS. "
					+ "The container cannot start with it.");
		assertThat(finding.fixes()).containsExactly(Fix.set("spring.kafka.consumer.auto-offset-reset", "earliest"));
	}

	@Test
	void asksForTheLibraryOfAClassThatCannotBeLoaded() {
		assertThat(check("interceptor.classes", "com.example.Missing")).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).singleElement()
				.hasFieldOrPropertyWithValue("text",
						"correct the class name in interceptor.classes, or add the library that holds the class"));
	}

	private List<Finding> check(String key, String value) {
		return this.rule.check(listener((listener) -> listener.property(key, PROPERTIES + key, value)));
	}

}
