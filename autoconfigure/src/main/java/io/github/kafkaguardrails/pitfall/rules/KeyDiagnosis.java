package io.github.kafkaguardrails.pitfall.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientType;

/**
 * The better explanation for a key that a client does not know. Without one there is no
 * diagnosis: something that is plugged in may read the key.
 *
 * @param kind what went wrong
 * @param comment what to say about it, full sentences
 * @param meant the key that was meant, or {@code null} when there is none
 * @param severity how bad it is
 */
record KeyDiagnosis(Kind kind, String comment, @Nullable String meant, Severity severity) {

	private static final Pattern LIST_ELEMENT = Pattern.compile("(.+)\\.\\d+");

	private static final List<String> SUFFIXES = List.of(".ms", ".bytes", ".class", ".config", ".location");

	/**
	 * What is wrong with a key.
	 * @param type the kind of client that was given the key
	 * @param key the key
	 * @return empty when the client knows the key or nothing explains it
	 */
	static Optional<KeyDiagnosis> of(ClientType type, String key) {
		if (KnownKeys.knows(type, key)) {
			return Optional.empty();
		}
		if (type == ClientType.STREAMS) {
			return ofStreams(key);
		}
		return Stream.of(misplaced(key), listElement(type, key), foreign(type, key), misspelt(type, key, ""))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/** The application itself may read its other keys, so that only near misses count. */
	private static Optional<KeyDiagnosis> ofStreams(String key) {
		for (String prefix : KnownKeys.STREAMS_PREFIXES.keySet()) {
			if (key.startsWith(prefix)) {
				return misspelt(KnownKeys.STREAMS_PREFIXES.get(prefix), key.substring(prefix.length()), prefix);
			}
		}
		return listElement(ClientType.STREAMS, key).or(() -> misspelt(ClientType.STREAMS, key, ""));
	}

	private static Optional<KeyDiagnosis> misplaced(String key) {
		List<String> owners = owners(key).stream().map((owner) -> owner.name().toLowerCase(Locale.ROOT)).toList();
		if (!owners.isEmpty()) {
			return Optional.of(new KeyDiagnosis(Kind.MISPLACED,
					"It is a key of the " + String.join(" or ", owners) + ".", key, Severity.WARNING));
		}
		if (ForeignKeys.ofCluster(key)) {
			return Optional
				.of(new KeyDiagnosis(Kind.FOREIGN, "It is a setting of topics or brokers.", null, Severity.WARNING));
		}
		return Optional.empty();
	}

	/** The kinds of clients that define a key. */
	static List<ClientType> owners(String key) {
		return Arrays.stream(ClientType.values()).filter((type) -> type.keys().containsKey(key)).toList();
	}

	private static Optional<KeyDiagnosis> listElement(ClientType type, String key) {
		Matcher matcher = LIST_ELEMENT.matcher(key);
		if (!matcher.matches() || !KnownKeys.list(type, matcher.group(1))) {
			return Optional.empty();
		}
		return Optional.of(new KeyDiagnosis(Kind.LIST_ELEMENT,
				"A list below 'properties' becomes one key for each element; the client wants one text with commas.",
				matcher.group(1), Severity.WARNING));
	}

	private static Optional<KeyDiagnosis> foreign(ClientType type, String key) {
		return ForeignKeys.find(key).map((foreign) -> {
			String equivalent = foreign.equivalent();
			if (equivalent == null) {
				return new KeyDiagnosis(Kind.FOREIGN, foreign.comment(), null, foreign.severity());
			}
			String comment = "Did you mean '" + equivalent + "'? " + foreign.comment();
			return new KeyDiagnosis(Kind.FOREIGN, comment, KnownKeys.knows(type, equivalent) ? equivalent : null,
					foreign.severity());
		});
	}

	private static Optional<KeyDiagnosis> misspelt(ClientType type, String key, String prefix) {
		Set<String> known = KnownKeys.names(type);
		String dotted = dotted(key);
		return Stream
			.of(Optional.of(dotted).filter(known::contains), withSuffix(dotted, known),
					Spelling.onlyNear(dotted, known))
			.flatMap(Optional::stream)
			.findFirst()
			.map((meant) -> new KeyDiagnosis(Kind.MISSPELT, "Did you mean '" + prefix + meant + "'?", prefix + meant,
					Severity.WARNING));
	}

	/** The key as Kafka would spell it. */
	private static String dotted(String key) {
		return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", ".").replaceAll("[-_ ]", ".").toLowerCase(Locale.ROOT);
	}

	private static Optional<String> withSuffix(String key, Set<String> known) {
		Optional<String> suffixed = SUFFIXES.stream().map((suffix) -> key + suffix).filter(known::contains).findFirst();
		if (suffixed.isPresent() || key.indexOf('.') < 0) {
			return suffixed;
		}
		List<String> longer = known.stream().filter((candidate) -> candidate.startsWith(key + ".")).toList();
		return (longer.size() == 1) ? Optional.of(longer.get(0)) : Optional.empty();
	}

	/** What can be wrong with a key. */
	enum Kind {

		/** Another kind of client reads it. */
		MISPLACED,

		/** It is one element of a list. */
		LIST_ELEMENT,

		/** It is a slip of the pen. */
		MISSPELT,

		/** It is the key of something else: a broker, another library, another time. */
		FOREIGN

	}

}
