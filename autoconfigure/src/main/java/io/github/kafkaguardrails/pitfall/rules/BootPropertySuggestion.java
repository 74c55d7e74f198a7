package io.github.kafkaguardrails.pitfall.rules;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.ClientType;

/** Finds the property below {@code spring.kafka} that somebody meant. */
final class BootPropertySuggestion {

	private static final String LISTENER_PROPERTY = "spring.kafka.listener.ack-mode";

	private BootPropertySuggestion() {
	}

	/**
	 * The property that was meant: the key of a client that Spring Boot has no property
	 * of its own for, the acknowledgement mode, which is the listener's, or a name that
	 * differs by a typing error.
	 * @param name the unknown name, in kebab case
	 * @param known names of all properties
	 */
	static Optional<String> of(String name, Collection<String> known) {
		int lastPart = name.length() - name.lastIndexOf('.') - 1;
		return Stream.of(clientKey(name), ackMode(name), Spelling.onlyNear(name, known, lastPart))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/** A name as the metadata would spell it. */
	static String kebab(String name) {
		return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
	}

	private static Optional<String> clientKey(String name) {
		for (ClientType client : ClientType.values()) {
			String scope = BootClientProperties.map(client).replace("properties", "");
			if (name.startsWith(scope)) {
				return clientKey(client, name.substring(scope.length()).replace('-', '.'));
			}
		}
		return Optional.empty();
	}

	private static Optional<String> clientKey(ClientType client, String key) {
		String known = client.keys().containsKey(key) ? key
				: KeyDiagnosis.of(client, key)
					.filter((diagnosis) -> diagnosis.kind() == KeyDiagnosis.Kind.MISSPELT)
					.map(KeyDiagnosis::meant)
					.orElse(null);
		if (known == null) {
			return Optional.empty();
		}
		List<String> properties = BootClientProperties.properties(client, known);
		return properties.stream()
			.filter((property) -> dedicated(client, property))
			.findFirst()
			.or(() -> Optional.of(BootClientProperties.map(client) + "." + known));
	}

	private static boolean dedicated(ClientType client, String property) {
		return BootClientProperties.target(property)
			.filter((target) -> !target.raw() && target.clients().equals(Set.of(client)))
			.isPresent();
	}

	private static Optional<String> ackMode(String name) {
		return name.equals("spring.kafka.consumer.ack-mode") ? Optional.of(LISTENER_PROPERTY) : Optional.empty();
	}

}
