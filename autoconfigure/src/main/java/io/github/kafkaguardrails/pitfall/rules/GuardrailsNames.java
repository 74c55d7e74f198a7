package io.github.kafkaguardrails.pitfall.rules;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.kafkaguardrails.pitfall.Waiver;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.GuardrailsSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertyName;
import io.github.kafkaguardrails.setup.PropertySetup;
import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;

/**
 * The names that exist below {@code kafka.guardrails}. What is not known is not checked:
 * without metadata no property, without rules no rule id.
 */
final class GuardrailsNames {

	private static final String ROOT = "kafka.guardrails";

	private static final String RULES = ROOT + ".rules";

	private static final String WAIVERS = ROOT + ".waivers";

	private static final String LISTENERS = ROOT + ".listeners";

	private static final String TOPICS = ROOT + ".topics";

	private final GuardrailsSetup guardrails;

	private final PropertySetup properties;

	private final List<String> listeners = new ArrayList<>(List.of("default"));

	GuardrailsNames(KafkaSetup setup) {
		this.guardrails = setup.application().guardrails();
		this.properties = setup.application().properties();
		Set<String> ids = new LinkedHashSet<>();
		for (ListenerSetup listener : setup.listeners()) {
			ids.add(listener.id());
		}
		this.listeners.addAll(ids);
	}

	/** What is wrong with a property; empty when nothing is or it is none of ours. */
	Optional<Problem> check(ConfigValue property) {
		PropertyName name = PropertyName.of(property.key());
		Optional<String> below = name.below(ROOT);
		if (below.isEmpty()) {
			return Optional.empty();
		}
		if (name.environment() || property.origin().location().startsWith("environment variable")) {
			return environment(below.get());
		}
		Optional<String> rule = name.below(RULES);
		List<String> waiver = name.elementsBelow(WAIVERS);
		List<String> listener = name.elementsBelow(LISTENERS);
		List<String> topic = name.elementsBelow(TOPICS);
		if (rule.isPresent()) {
			return rule(rule.get());
		}
		if (!waiver.isEmpty()) {
			return waiver(waiver, String.valueOf(property.value()));
		}
		if (!listener.isEmpty()) {
			return unknown("listener", listener.get(0), this.listeners)
				.or(() -> entry(listener.subList(1, listener.size())));
		}
		if (topic.size() > 1 || (!topic.isEmpty() && property.key().endsWith("]"))) {
			return entry(topic.subList(1, topic.size()));
		}
		return property(name, below.get());
	}

	/**
	 * An environment variable. Its words cannot be told from elements, and others may use
	 * the prefix, as Kubernetes does for a service of this name: only a slip of the pen
	 * is certain.
	 */
	private Optional<Problem> environment(String below) {
		Map<String, String> names = new HashMap<>();
		known().forEach((property) -> names.put(squeeze(property.name().substring(ROOT.length())), property.name()));
		this.guardrails.ruleIds().forEach((id) -> names.put(squeeze("rules" + id), RULES + "." + id));
		String name = squeeze(below);
		if (names.containsKey(name)) {
			return Optional.empty();
		}
		return Spelling.onlyNear(name, names.keySet())
			.map((near) -> problem("setting", below, Optional.ofNullable(names.get(near))));
	}

	private Optional<Problem> rule(String id) {
		return unknown("rule", id, this.guardrails.ruleIds());
	}

	private Optional<Problem> waiver(List<String> elements, String value) {
		if (elements.size() < 2) {
			return Optional.empty();
		}
		Optional<Problem> key = unknown("key of a waiver", elements.get(1), waiverKeys());
		return (key.isEmpty() && uniform(elements.get(1)).equals("rule")) ? rule(value) : key;
	}

	private static List<String> waiverKeys() {
		return Arrays.stream(Waiver.class.getRecordComponents()).map(RecordComponent::getName).toList();
	}

	/** A key of an entry below the listeners or topics. */
	private Optional<Problem> entry(List<String> elements) {
		String key = elements.stream().filter((element) -> !element.matches("\\d+")).collect(Collectors.joining("."));
		boolean group = this.guardrails.listenerKeys()
			.stream()
			.anyMatch((candidate) -> key.isEmpty() || uniform(candidate).startsWith(uniform(key) + "."));
		return group ? Optional.empty() : unknown("key of a listener", key, this.guardrails.listenerKeys());
	}

	private Optional<Problem> property(PropertyName name, String below) {
		List<KnownProperty> known = known();
		boolean declared = known.stream()
			.anyMatch((candidate) -> name.matches(candidate.name())
					|| (candidate.map() && name.below(candidate.name()).isPresent())
					|| PropertyName.of(candidate.name()).below(name.toString()).isPresent());
		if (known.isEmpty() || declared) {
			return Optional.empty();
		}
		List<String> names = known.stream().map((property) -> property.name().substring(ROOT.length() + 1)).toList();
		return Optional.of(problem("property", name.toString(),
				Spelling.nearest(BootPropertySuggestion.kebab(below), names).map((near) -> ROOT + "." + near)));
	}

	private List<KnownProperty> known() {
		return this.properties.known().stream().filter((property) -> property.name().startsWith(ROOT + ".")).toList();
	}

	private static Optional<Problem> unknown(String what, String name, Collection<String> names) {
		if (names.isEmpty() || names.stream().anyMatch((candidate) -> uniform(candidate).equals(uniform(name)))) {
			return Optional.empty();
		}
		return Optional.of(problem(what, name, Spelling.nearest(name, names)));
	}

	private static Problem problem(String what, String name, Optional<String> meant) {
		return new Problem("There is no " + what + " '" + name + "', so that this setting does nothing.", name, meant);
	}

	private static String squeeze(String name) {
		return uniform(name).replace(".", "");
	}

	/** Case, dashes and underscores do not count. */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
	}

	/**
	 * What is wrong with a setting.
	 *
	 * @param reason what does not exist, a full sentence
	 * @param name the name that does not exist
	 * @param meant the nearest name that exists
	 */
	record Problem(String reason, String name, Optional<String> meant) {

	}

}
