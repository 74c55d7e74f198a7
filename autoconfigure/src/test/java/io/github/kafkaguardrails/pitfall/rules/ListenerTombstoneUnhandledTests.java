package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.TestCluster.TopicBuilder;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerTombstoneUnhandled}. */
class ListenerTombstoneUnhandledTests {

	private static final ListenerMethod STRICT = method("com.example.Order", false);

	private final ListenerTombstoneUnhandled rule = new ListenerTombstoneUnhandled();

	@ParameterizedTest
	@CsvSource({ "compact,true", "'compact,delete',true", "delete,false" })
	void flagsAMethodThatNeedsAValueOnACompactedTopic(String policy, boolean flagged) {
		assertThat(check((listener) -> {
		}, (topic) -> topic.set("cleanup.policy", policy)).size()).isEqualTo(flagged ? 1 : 0);
	}

	@Test
	void ignoresMethodsThatTakeANullAndThoseThatAreNotUnderstood() {
		assertThat(compacted((listener) -> listener.methods = List.of(method("com.example.Order", true)))).isEmpty();
		assertThat(compacted((listener) -> listener.methods = List.of(STRICT, method(null, false)))).isEmpty();
		assertThat(compacted((listener) -> listener.methods = List.of())).isEmpty();
	}

	@Test
	void ignoresBatchesAndShareGroups() {
		assertThat(compacted((listener) -> listener.type = ContainerSetup.Type.BATCH)).isEmpty();
		assertThat(compacted((listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
	}

	@Test
	void asksAListenerClassForAHandlerOfNull() {
		assertThat(compacted((listener) -> listener.methods = List.of(STRICT, method("com.example.Invoice", false))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.startsWith("add a method @KafkaHandler void delete(@Payload(required = false) KafkaNull payload"));
		assertThat(compacted((listener) -> listener.methods = List.of(STRICT,
				method("org.springframework.kafka.support.KafkaNull", true))))
			.isEmpty();
	}

	@Test
	void isUnknownWhenTheTopicDoesNotShowItsConfiguration() {
		assertThat(check((listener) -> {
		}, (topic) -> topic.configProblem = "no permission")).extracting(Finding::checked).containsExactly(false);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = compacted((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("cleanup.policy = compact (topic 'orders')",
					"payload of com.example.Orders#handle = com.example.Order (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("what should be deleted stays");
		assertThat(finding.fixes()).containsExactly(Fix
			.action("declare @Payload(required = false) Order payload, @Header(KafkaHeaders.RECEIVED_KEY) String key"));
	}

	private static ListenerMethod method(@Nullable String payload, boolean nullPayload) {
		return new ListenerMethod("com.example.Orders", "handle", ListenerMethod.AcknowledgmentParameter.NONE, false,
				ListenerMethod.ReturnKind.SYNCHRONOUS, "void", false, payload, nullPayload);
	}

	private List<Finding> compacted(Consumer<ListenerBuilder> customizer) {
		return check(customizer, (topic) -> topic.set("cleanup.policy", "compact"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer, Consumer<TopicBuilder> topic) {
		return this.rule.check(application().withListener("one", (listener) -> {
			listener.methods = List.of(STRICT);
			customizer.accept(listener);
		}).withCluster((cluster) -> cluster.topic("orders", topic)).build());
	}

}
