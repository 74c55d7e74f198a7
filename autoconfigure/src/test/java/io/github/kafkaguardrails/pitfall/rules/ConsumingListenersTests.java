package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsumingListeners}. */
class ConsumingListenersTests {

	@Test
	void leavesOutRetryContainersAndShareConsumers() {
		assertThat(ConsumingListeners
			.of(application().withListener("main", (listener) -> listener.role = ListenerSetup.Role.MAIN)
				.withListener("manual", (listener) -> listener.role = ListenerSetup.Role.MANUAL)
				.withListener("auxiliary", (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)
				.withListener("share", (listener) -> listener.type = ContainerSetup.Type.SHARE)
				.build()))
			.extracting(ListenerSetup::id)
			.containsExactly("main", "manual");
	}

}
