package io.github.kafkaguardrails.actuate.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.ClientDescriptor;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.Counts;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.FindingDescriptor;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.ListenerDescriptor;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * {@code GET /actuator/kafkaguardrails}: the findings of the latest inspection, the
 * listeners and the clients. Never starts an inspection and never contacts a broker.
 * Secrets are masked.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "kafkaguardrails", defaultAccess = Access.READ_ONLY)
public final class KafkaGuardrailsEndpoint {

	private final PitfallInspection inspection;

	private final Supplier<Collection<MessageListenerContainer>> containers;

	/**
	 * An endpoint.
	 * @param inspection whose latest result is shown
	 * @param containers the listener containers as they are now
	 */
	public KafkaGuardrailsEndpoint(PitfallInspection inspection,
			Supplier<Collection<MessageListenerContainer>> containers) {
		this.inspection = inspection;
		this.containers = containers;
	}

	/** All there is to tell; empty lists before the first inspection. */
	@ReadOperation
	public KafkaGuardrailsDescriptor guardrails() {
		PitfallInspection.Result result = this.inspection.latest();
		PitfallReport report = result.report();
		KafkaSetup setup = result.setup();
		return new KafkaGuardrailsDescriptor(report.rules(), Counts.of(report),
				report.findings().stream().map(FindingDescriptor::of).toList(),
				(setup != null) ? listeners(setup) : List.of(),
				(setup != null) ? ClientDescriptor.of(setup) : List.of());
	}

	private List<ListenerDescriptor> listeners(KafkaSetup setup) {
		Map<String, MessageListenerContainer> byId = this.containers.get()
			.stream()
			.collect(Collectors.toMap(MessageListenerContainer::getListenerId, (container) -> container,
					(first, second) -> first));
		return setup.listeners()
			.stream()
			.map((listener) -> ListenerDescriptor.of(listener, byId.get(listener.id())))
			.toList();
	}

}
