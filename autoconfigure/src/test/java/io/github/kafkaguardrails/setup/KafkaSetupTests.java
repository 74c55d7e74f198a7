package io.github.kafkaguardrails.setup;

import org.junit.jupiter.api.Test;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaSetup}. */
class KafkaSetupTests {

	@Test
	void mainListenersAreThoseThatTheUserWrote() {
		KafkaSetup setup = application().withListener("main", (listener) -> {
		})
			.withListener("retry", (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)
			.withListener("code", (listener) -> listener.role = ListenerSetup.Role.MANUAL)
			.build();
		assertThat(setup.mainListeners()).extracting(ListenerSetup::id).containsExactly("main");
	}

	@Test
	void aFactAboutAListenerPointsToItsPlace() {
		ListenerSetup listener = TestSetup.listener((builder) -> builder.place = "com.example.Audit#handle")
			.mainListeners()
			.get(0);
		assertThat(listener.fact("ack mode", "MANUAL")).hasToString("ack mode = MANUAL (com.example.Audit#handle)");
		assertThat(listener.fact("ack mode", "MANUAL").explicit()).isTrue();
	}

}
