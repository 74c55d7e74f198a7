package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link GuardrailsOrderedRetryNullKey}. */
class GuardrailsOrderedRetryNullKeyTests {

	private final GuardrailsOrderedRetryNullKey rule = new GuardrailsOrderedRetryNullKey();

	@Test
	void flagsAnOrderedListenerThatHasSeenRecordsWithoutAKey() {
		assertThat(this.rule.check(setup("orders-listener", true, 1))).hasSize(1);
	}

	@Test
	void ignoresAnOrderedListenerThatHasSeenNone() {
		assertThat(this.rule.check(setup("orders-listener", true, 0))).isEmpty();
	}

	@Test
	void ignoresAListenerThatIsNotOrderedAnyMore() {
		assertThat(this.rule.check(setup("orders-listener", false, 1))).isEmpty();
	}

	@Test
	void ignoresWhatAnotherListenerHasSeen() {
		assertThat(this.rule.check(setup("returns-listener", true, 1))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup("orders-listener", true, 7)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("no order", "pass");
		assertThat(finding.evidence()).extracting(Object::toString)
			.contains("records without a key = 7 (observed while running)")
			.anyMatch((evidence) -> evidence.startsWith("error handling = retry ordered, 4 attempts"));
		assertThat(finding.fixes()).hasSize(2)
			.anySatisfy((fix) -> assertThat(fix.text()).contains("as key"))
			.anySatisfy((fix) -> assertThat(fix.text()).contains("retry.mode", "blocking"));
	}

	private static KafkaSetup setup(String listenerId, boolean orderedByKey, long count) {
		return application()
			.withListener(listenerId,
					(listener) -> listener.errorHandling = new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS,
							"retry ordered, 4 attempts", null, null, List.of(), orderedByKey))
			.withActivity((activity) -> {
				if (count > 0) {
					activity.keylessRecords(count);
				}
			})
			.build();
	}

}
