package io.github.kafkaguardrails.actuate.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.MimeType;

import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.ClientDescriptor;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.ClusterDescriptor;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.Counts;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.FindingDescriptor;
import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsDescriptor.ListenerDescriptor;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.baseline.BaselineText;
import io.github.kafkaguardrails.pitfall.sarif.SarifLog;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * {@code GET /actuator/kafkaguardrails}: the findings of the latest inspection, the
 * clusters as they were read last, the listeners and the clients; {@code /sarif} and
 * {@code /baseline} below it: the findings in other formats. Never starts an inspection
 * and never contacts a broker. Secrets are masked.
 * <p>
 * {@code POST /actuator/kafkaguardrails}: reads the clusters, inspects, and shows the
 * same document. Waits for the brokers as long as the timeout of the check allows. Needs
 * {@code management.endpoint.kafkaguardrails.access: unrestricted}.
 * <p>
 * {@code POST /actuator/kafkaguardrails/{listener}/{key}} with an {@code operation}:
 * {@code retry-now}, {@code release} or {@code skip} for a parked key, on the instance
 * that owns it; {@code POST /actuator/kafkaguardrails/{listener}} with {@code drainOnly}:
 * whether the listener parks nothing more. Both need the same access.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "kafkaguardrails", defaultAccess = Access.READ_ONLY)
public final class KafkaGuardrailsEndpoint {

	private static final int CONFLICT = 409;

	private static final int MAX_PARKED_KEYS = 1000;

	private final PitfallInspection inspection;

	private final Runnable check;

	private final Supplier<Collection<MessageListenerContainer>> containers;

	private final ParkedKeys parkedKeys;

	/**
	 * An endpoint.
	 * @param inspection whose latest result is shown
	 * @param check checks the clusters at once
	 * @param containers the listener containers as they are now
	 * @param parkedKeys what ordered retry has parked
	 */
	public KafkaGuardrailsEndpoint(PitfallInspection inspection, Runnable check,
			Supplier<Collection<MessageListenerContainer>> containers, ParkedKeys parkedKeys) {
		this.inspection = inspection;
		this.check = check;
		this.containers = containers;
		this.parkedKeys = parkedKeys;
	}

	/** All there is to tell; empty lists before the first inspection. */
	@ReadOperation
	public KafkaGuardrailsDescriptor guardrails() {
		PitfallInspection.Result result = this.inspection.latest();
		PitfallReport report = result.report();
		KafkaSetup setup = result.setup();
		return new KafkaGuardrailsDescriptor(report.rules(), Counts.of(report),
				report.findings().stream().map(FindingDescriptor::of).toList(), this.inspection.clustersReadAt(),
				(setup != null) ? setup.clusters().stream().map(ClusterDescriptor::of).toList() : List.of(),
				(setup != null) ? listeners(setup) : List.of(),
				(setup != null) ? ClientDescriptor.of(setup) : List.of(), this.parkedKeys.keys(MAX_PARKED_KEYS));
	}

	/**
	 * The findings in another format.
	 * @param document {@code sarif} for a SARIF 2.1.0 log, {@code baseline} for a
	 * baseline file that accepts what the latest inspection has found
	 * @return the document, or {@code null} when there is no such one
	 */
	@ReadOperation(produces = { SarifLog.MEDIA_TYPE, "application/yaml", "application/json" })
	public @Nullable WebEndpointResponse<Object> document(@Selector String document) {
		return switch (document) {
			case "sarif" ->
				new WebEndpointResponse<>(SarifLog.of(this.inspection.latest().report(), this.inspection.catalogue()),
						MimeType.valueOf(SarifLog.MEDIA_TYPE));
			case "baseline" -> new WebEndpointResponse<>(BaselineText.of(this.inspection.baseline()),
					MimeType.valueOf("application/yaml"));
			default -> null;
		};
	}

	/** Check the clusters, and tell all there is to tell. */
	@WriteOperation
	public KafkaGuardrailsDescriptor check() {
		this.check.run();
		return guardrails();
	}

	/**
	 * Do something with a parked key.
	 * @param listener id of the listener
	 * @param key the key as it is shown
	 * @param operation what to do
	 * @return status 204 when it was done; 409 when the key is not in the state for it or
	 * not parked here
	 */
	@WriteOperation
	public WebEndpointResponse<Void> operate(@Selector String listener, @Selector String key,
			ParkedKeys.Operation operation) {
		return new WebEndpointResponse<>(
				this.parkedKeys.operate(listener, key, operation) ? WebEndpointResponse.STATUS_NO_CONTENT : CONFLICT);
	}

	/**
	 * Park nothing more, or park again.
	 * @param listener id of the listener
	 * @param drainOnly whether nothing more is parked
	 * @return status 204 when it was done; 404 when no such listener uses ordered retry
	 */
	@WriteOperation
	public WebEndpointResponse<Void> drain(@Selector String listener, boolean drainOnly) {
		return new WebEndpointResponse<>(this.parkedKeys.drainOnly(listener, drainOnly)
				? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
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
