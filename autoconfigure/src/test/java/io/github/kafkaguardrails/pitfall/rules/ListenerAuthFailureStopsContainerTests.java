package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerAuthFailureStopsContainer}. */
class ListenerAuthFailureStopsContainerTests {

	private final ListenerAuthFailureStopsContainer rule = new ListenerAuthFailureStopsContainer();

	private static final String INTERVAL = "spring.kafka.listener.auth-exception-retry-interval";

	@ParameterizedTest
	@ValueSource(strings = { "SSL", "SASL_PLAINTEXT", "sasl_ssl" })
	void flagsSecuredListenersThatStopForGood(String protocol) {
		assertThat(check(protocol, (listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PLAINTEXT", "${PROTOCOL}" })
	void ignoresListenersThatAreNotSecuredForSure(String protocol) {
		assertThat(check(protocol, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresListenersThatTryAgain() {
		assertThat(check("SSL", (listener) -> listener.authExceptionRetryInterval = Duration.ofSeconds(10))).isEmpty();
		assertThat(check("SSL", (listener) -> listener.restartAfterAuthExceptions = true)).isEmpty();
	}

	@Test
	void ignoresShareGroups() {
		assertThat(check("SSL", (listener) -> listener.type = ContainerSetup.Type.SHARE)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("SASL_SSL", (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("security.protocol = SASL_SSL (application.yml:12:13)",
					"authExceptionRetryInterval = none (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("nothing starts it again");
		assertThat(finding.fixes().get(0)).isEqualTo(Fix.set(INTERVAL, "30s"));
		assertThat(check("SSL", (listener) -> listener.role = ListenerSetup.Role.MANUAL).get(0).fixes()).singleElement()
			.extracting(Fix::kind)
			.isEqualTo(Fix.Kind.DO);
	}

	private List<Finding> check(String protocol, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.property("security.protocol", "spring.kafka.security.protocol", protocol);
			customizer.accept(listener);
		}));
	}

}
