package io.github.kafkaguardrails.pitfall.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners with security settings whose container neither tries again nor starts
 * again after an authentication or authorization error.
 *
 * <p>
 * Why it hurts: a password is rotated, and for ten seconds the broker does not know the
 * new one. Every listener of the application stops, the application looks healthy, and
 * the lag grows until somebody restarts it.
 *
 * <p>
 * Wrong: {@code spring.kafka.security.protocol: SASL_SSL} in a container that has no
 * {@code authExceptionRetryInterval}. Right:
 * {@code spring.kafka.listener.auth-exception-retry-interval: 30s}. Kafka Guardrails
 * supplies it to the containers of listeners unless
 * {@code kafka.guardrails.safe-defaults: false} is set.
 *
 * <p>
 * Legitimate for teams that prefer a crash: then let a health check watch the container,
 * and waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/container-props.html">Container
 * properties</a>
 */
@Pitfall(id = "listener-auth-failure-stops-container",
		title = "One authentication or authorization error stops the listener for good", severity = Severity.WARNING,
		why = "A rotated credential or a permission that arrives late becomes an outage until somebody restarts the application.",
		remedy = "spring.kafka.listener.auth-exception-retry-interval: 30s", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerAuthFailureStopsContainer implements PitfallRule {

	private static final Set<SecurityProtocol> SECURED = EnumSet.of(SecurityProtocol.SSL,
			SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> SECURED.contains(SecurityProtocol.of(listener.consumer())))
			.filter((listener) -> listener.container().authExceptionRetryInterval() == null
					&& !listener.container().restartAfterAuthExceptions())
			.map(ListenerAuthFailureStopsContainer::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		Finding finding = Finding
			.of(listener.subject(),
					"The first authentication or authorization error stops the container, and nothing starts it again.")
			.withEvidence(listener.consumer().get(SecurityProtocol.KEY))
			.withEvidence(listener.fact("authExceptionRetryInterval", "none"));
		if (listener.role() == ListenerSetup.Role.MAIN) {
			finding = finding.withFix(Fix.set("spring.kafka.listener.auth-exception-retry-interval", "30s"));
		}
		return finding
			.withFix(Fix.action("in code: containerProperties.setAuthExceptionRetryInterval(Duration.ofSeconds(30))"));
	}

}
