package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags listeners and templates without observations in an application that has a tracer.
 *
 * <p>
 * Why it hurts: an order is missing. The trace of the request ends where the record was
 * sent, and nobody can tell which of the listeners has seen it, or when.
 *
 * <p>
 * Wrong: a tracing library alone. Right: also
 * {@code spring.kafka.template.observation-enabled: true} and
 * {@code spring.kafka.listener.observation-enabled: true}.
 *
 * <p>
 * Legitimate where an agent propagates the context, and for the fastest listeners: an
 * observation for each record costs more than a small listener does.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/micrometer.html#observation">Micrometer
 * Observation</a>
 */
@Pitfall(id = "observability-tracing-disabled", title = "Traces stop at the topic", severity = Severity.INFO,
		why = "The trace context does not travel in the headers of the records.",
		remedy = "spring.kafka.listener.observation-enabled: true and spring.kafka.template.observation-enabled: true",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ObservabilityTracingDisabled implements PitfallRule {

	private static final String LISTENER = "spring.kafka.listener.observation-enabled";

	private static final String TEMPLATE = "spring.kafka.template.observation-enabled";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (!setup.application().tracer()) {
			return List.of();
		}
		PropertySetup properties = setup.application().properties();
		List<Finding> findings = new ArrayList<>();
		ConsumingListeners.of(setup)
			.filter((listener) -> "false".equals(listener.container().bootValues().get(LISTENER)))
			.map((listener) -> finding(listener, properties))
			.forEach(findings::add);
		setup.producers()
			.forEach((producer) -> producer.templates()
				.stream()
				.filter((template) -> Boolean.FALSE.equals(template.observationEnabled()))
				.map((template) -> finding(producer.subject(), "template '" + template.name() + "'", TEMPLATE,
						properties)
					.withFix(Fix.action("call setObservationEnabled(true) on a template of your own")))
				.forEach(findings::add));
		return findings;
	}

	private static Finding finding(ListenerSetup listener, PropertySetup properties) {
		Finding finding = finding(listener.subject(), "listener", LISTENER, properties).withFix(Fix
			.action("call getContainerProperties().setObservationEnabled(true) on a container factory of your own"));
		return (listener.container().type() == ContainerSetup.Type.BATCH)
				? finding.withFix(Fix.action("for batches also call setRecordObservationsInBatch(true)")) : finding;
	}

	private static Finding finding(Subject subject, String client, String property, PropertySetup properties) {
		ConfigValue value = properties.find(property)
			.stream()
			.findFirst()
			.orElseGet(() -> ConfigValue.of(property, false, ValueOrigin.frameworkDefault()));
		return Finding
			.of(subject,
					"The application has a tracer, but this " + client
							+ " takes no part in observations: the trace context does not travel with the records.")
			.withEvidence(value)
			.withFix(Fix.set(property, true));
	}

}
