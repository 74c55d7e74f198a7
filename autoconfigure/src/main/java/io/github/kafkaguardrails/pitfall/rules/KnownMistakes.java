package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.config.ConfigDef;

import io.github.kafkaguardrails.setup.ConfigValue;

/**
 * Values that people write although the client refuses them, and what they mean by them:
 * names of older or other clients, classes that moved, durations with a unit.
 */
final class KnownMistakes {

	private static final String CONSUMER = "org.apache.kafka.clients.consumer.";

	private static final Map<String, Map<String, String>> NAMES = Map.of("auto.offset.reset",
			Map.of("smallest", "earliest", "beginning", "earliest", "largest", "latest", "end", "latest"),
			"partition.assignment.strategy",
			Map.of("range", CONSUMER + "RangeAssignor", "roundrobin", CONSUMER + "RoundRobinAssignor", "sticky",
					CONSUMER + "StickyAssignor", "cooperative-sticky", CONSUMER + "CooperativeStickyAssignor"),
			"processing.guarantee", Map.of("exactly_once", "exactly_once_v2", "exactly_once_beta", "exactly_once_v2"));

	private static final Set<String> REMOVED_PARTITIONERS = Set.of(
			"org.apache.kafka.clients.producer.internals.DefaultPartitioner",
			"org.apache.kafka.clients.producer.UniformStickyPartitioner");

	private static final String OLD_PACKAGE = "org.apache.kafka.common.security.oauthbearer.secured.";

	private static final String NEW_PACKAGE = "org.apache.kafka.common.security.oauthbearer.";

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

	private static final Map<String, Duration> UNITS = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1),
			"m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

	private KnownMistakes() {
	}

	/** What the user most likely means; always a value that the client accepts. */
	static Optional<String> replacement(ConfigDef.ConfigKey key, ConfigValue value) {
		if (!(value.value() instanceof String given)) {
			return Optional.empty();
		}
		String text = given.trim();
		String lowerCase = text.toLowerCase(Locale.ROOT);
		return Stream
			.of(otherNames(key, text), milliseconds(key, lowerCase), text.replace(OLD_PACKAGE, NEW_PACKAGE), lowerCase,
					lowerCase.replace('-', '_'), text.toUpperCase(Locale.ROOT))
			.filter((candidate) -> !candidate.isEmpty() && RejectedValues.accepts(key, candidate))
			.findFirst();
	}

	/** What is to be said about this value, starting with a separator, or nothing. */
	static String remark(ConfigValue value) {
		String name = String.valueOf(value.value()).trim();
		if (superfluous(value)) {
			return "; this partitioner was removed in Kafka 4.0 and the built-in one does the same";
		}
		return name.startsWith(OLD_PACKAGE) ? "; it moved to the package " + NEW_PACKAGE.replaceAll("\\.$", "") : "";
	}

	/** Whether the default does the same as what this value names. */
	static boolean superfluous(ConfigValue value) {
		return REMOVED_PARTITIONERS.contains(String.valueOf(value.value()).trim());
	}

	private static String otherNames(ConfigDef.ConfigKey key, String text) {
		Map<String, String> names = NAMES.getOrDefault(key.name, Map.of());
		return Arrays.stream(text.split("\\s*,\\s*", -1))
			.map((name) -> names.getOrDefault(name.toLowerCase(Locale.ROOT), name))
			.collect(Collectors.joining(","));
	}

	private static String milliseconds(ConfigDef.ConfigKey key, String text) {
		Matcher matcher = DURATION.matcher(text);
		if (!key.name.endsWith(".ms")) {
			return "";
		}
		if (matcher.matches()) {
			Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
			return String.valueOf(unit.multipliedBy(Long.parseLong(matcher.group(1))).toMillis());
		}
		try {
			return String.valueOf(Duration.parse(text).toMillis());
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			return "";
		}
	}

}
