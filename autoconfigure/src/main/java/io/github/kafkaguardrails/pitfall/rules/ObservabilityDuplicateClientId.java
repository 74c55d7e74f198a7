package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags listeners whose consumers get the same {@code client.id}, and producer factories
 * whose producers do, after Spring Kafka has added its numbers, which start anew for each
 * container and factory.
 *
 * <p>
 * Why it hurts: the metrics of the second client are refused
 * ({@code InstanceAlreadyExistsException}), and the lag of the listener that is in
 * trouble is the one that nobody sees. A quota for one of them throttles both.
 *
 * <p>
 * Wrong: {@code spring.kafka.client-id: shop} and two listeners. Right:
 * {@code @KafkaListener(clientIdPrefix = "orders", …)} for each listener, or no client
 * id.
 *
 * <p>
 * Legitimate when no more than one of the clients is ever started. A producer and a
 * consumer may share an id.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_client.id">client.id</a>
 */
@Pitfall(id = "observability-duplicate-client-id", title = "Two clients share a client.id", severity = Severity.WARNING,
		why = "The metrics of the second one are refused, and quotas count both as one.",
		remedy = "@KafkaListener(clientIdPrefix = \"…\"), or a client.id for each producer factory", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ObservabilityDuplicateClientId implements PitfallRule {

	private static final String KEY = "client.id";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Client> consumers = ConsumingListeners.of(setup).map(Client::of).toList();
		List<Client> producers = setup.producers()
			.stream()
			.filter((producer) -> !producer.customized() && !producer.templates().isEmpty())
			.map((producer) -> new Client(producer.subject(), producer.config().get(KEY),
					numbered(producer.config().string(KEY), 1, 1)))
			.toList();
		return Stream
			.concat(duplicates(consumers,
					Fix.action("@KafkaListener(clientIdPrefix = \"<purpose>\", ...) for each listener")),
					duplicates(producers, Fix
						.action("give each producer factory, and each template with settings of its own, a client.id")))
			.toList();
	}

	private static Stream<Finding> duplicates(List<Client> clients, Fix fix) {
		Map<String, List<Client>> owners = new LinkedHashMap<>();
		clients.forEach((client) -> client.ids()
			.forEach((id) -> owners.computeIfAbsent(id, (key) -> new ArrayList<>()).add(client)));
		Map<List<Client>, List<String>> groups = new LinkedHashMap<>();
		owners.forEach((id, group) -> {
			if (group.size() > 1) {
				groups.computeIfAbsent(group, (key) -> new ArrayList<>()).add(id);
			}
		});
		return groups.entrySet()
			.stream()
			.flatMap((group) -> group.getKey()
				.stream()
				.map((client) -> finding(client, group.getKey(), group.getValue(), fix)));
	}

	private static Finding finding(Client client, List<Client> group, List<String> ids, Fix fix) {
		String names = group.stream().map(Client::subject).map(Subject::toString).collect(Collectors.joining(" and "));
		Finding finding = Finding
			.of(client.subject(),
					names + " have clients with the id " + String.join(", ", ids)
							+ ": the metrics of the second one are refused, and quotas count both as one.")
			.withEvidence(client.clientId())
			.withFix(fix);
		return client.clientId().explicit() ? finding.withFix(Remedy.delete(client.clientId())) : finding;
	}

	private static List<String> numbered(String prefix, int first, int count) {
		return prefix.isEmpty() ? List.of()
				: IntStream.range(first, first + count).mapToObj((number) -> prefix + "-" + number).toList();
	}

	/**
	 * A client, or several that one container or factory makes.
	 *
	 * @param subject who makes them
	 * @param clientId what they are called, without a number
	 * @param ids what they are called in the end
	 */
	private record Client(Subject subject, ConfigValue clientId, List<String> ids) {

		static Client of(ListenerSetup listener) {
			String prefix = listener.consumer().string(KEY);
			List<String> ids = listener.container().clientIdSuffix()
					? numbered(prefix, 0, listener.container().concurrency())
					: prefix.isEmpty() ? List.of() : List.of(prefix);
			return new Client(listener.subject(), listener.consumer().get(KEY), ids);
		}

	}

}
