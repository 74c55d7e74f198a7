package io.github.kafkaguardrails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.pitfall.Waiver;

/**
 * A block of YAML that is bound like the configuration of an application, but for one
 * thing: a key that nobody reads fails.
 */
final class StrictYaml {

	private static final ConfigurationPropertyName GUARDRAILS = ConfigurationPropertyName.of("kafka.guardrails");

	private static final ConfigurationPropertyName TOPICS = GUARDRAILS.append("topics");

	private static final ConfigurationPropertyName KAFKA = ConfigurationPropertyName.of("spring.kafka");

	private final IterableConfigurationPropertySource source;

	private StrictYaml(IterableConfigurationPropertySource source) {
		this.source = source;
	}

	static StrictYaml of(String yaml) throws IOException {
		List<PropertySource<?>> documents = new YamlPropertySourceLoader().load("yaml",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		if (documents.size() != 1) {
			throw new IllegalArgumentException("One document is expected:\n" + yaml);
		}
		ConfigurationPropertySource source = ConfigurationPropertySource.from(documents.get(0));
		return new StrictYaml((IterableConfigurationPropertySource) Objects.requireNonNull(source));
	}

	private KafkaGuardrailsProperties guardrails() {
		return bind(GUARDRAILS, KafkaGuardrailsProperties.class,
				(name) -> GUARDRAILS.isAncestorOf(name) && !belowTopicGlob(name));
	}

	List<Waiver> waivers() {
		return guardrails().getWaivers();
	}

	/** Ids of the rules that are given a level or waived. */
	List<String> rules() {
		List<String> ids = new ArrayList<>(guardrails().getRules().keySet());
		waivers().forEach((waiver) -> ids.add(waiver.rule()));
		return ids;
	}

	Map<String, ErrorHandlingProperties> listeners() {
		return guardrails().getListeners();
	}

	/** The entries of {@code kafka.guardrails.topics} that are globs. */
	Map<String, ErrorHandlingProperties> topics() {
		Map<String, ErrorHandlingProperties> topics = new LinkedHashMap<>();
		this.source.stream()
			.filter(StrictYaml::belowTopicGlob)
			.map((name) -> name.chop(TOPICS.getNumberOfElements() + 1))
			.distinct()
			.forEach((glob) -> topics.put(glob.getLastElement(ConfigurationPropertyName.Form.ORIGINAL),
					bind(glob, ErrorHandlingProperties.class, glob::isAncestorOf)));
		return topics;
	}

	KafkaProperties kafka() {
		return bind(KAFKA, KafkaProperties.class, KAFKA::isAncestorOf);
	}

	/** All names. */
	List<ConfigurationPropertyName> names() {
		return this.source.stream().toList();
	}

	/** The names that belong to none of these. */
	List<String> others() {
		return names().stream()
			.filter((name) -> !GUARDRAILS.isAncestorOf(name) && !KAFKA.isAncestorOf(name))
			.map(ConfigurationPropertyName::toString)
			.toList();
	}

	private static boolean belowTopicGlob(ConfigurationPropertyName name) {
		return TOPICS.isAncestorOf(name) && name.getNumberOfElements() > TOPICS.getNumberOfElements() + 1;
	}

	private <T> T bind(ConfigurationPropertyName prefix, Class<T> type, Predicate<ConfigurationPropertyName> names) {
		return new Binder(this.source.filter(names)).bindOrCreate(prefix, Bindable.of(type),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
	}

}
