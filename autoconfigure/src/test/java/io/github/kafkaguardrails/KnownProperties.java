package io.github.kafkaguardrails;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.springframework.boot.json.JsonParserFactory;

import io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsProperties;

/** Properties as configuration metadata describes them. */
final class KnownProperties {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private KnownProperties() {
	}

	/** Those of this module, by name. */
	static List<KnownProperty> ofThisModule() {
		try {
			URI classes = KafkaGuardrailsProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return read(classes.resolve(METADATA).toURL());
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException("No configuration metadata", ex);
		}
	}

	/** Names of all properties that anything on the class path knows. */
	static List<String> names() {
		try {
			List<String> names = new ArrayList<>();
			for (URL metadata : Collections.list(KnownProperties.class.getClassLoader().getResources(METADATA))) {
				read(metadata).forEach((property) -> names.add(property.name()));
			}
			return names;
		}
		catch (IOException ex) {
			throw new IllegalStateException("No configuration metadata", ex);
		}
	}

	private static List<KnownProperty> read(URL metadata) throws IOException {
		try (InputStream input = metadata.openStream()) {
			Map<String, Object> content = JsonParserFactory.getJsonParser()
				.parseMap(new String(input.readAllBytes(), StandardCharsets.UTF_8));
			return ((List<?>) content.getOrDefault("properties", List.of())).stream()
				.map((property) -> KnownProperty.of((Map<?, ?>) property))
				.toList();
		}
	}

	/**
	 * A property.
	 *
	 * @param name full name
	 * @param type name of the Java type
	 * @param description what it is for
	 * @param defaultValue in the spelling of settings, or empty
	 */
	record KnownProperty(String name, String type, String description, String defaultValue) {

		static KnownProperty of(Map<?, ?> property) {
			return new KnownProperty(text(property, "name"), text(property, "type"),
					withoutFullStop(text(property, "description")), text(property, "defaultValue").replace('_', '-'));
		}

		private static String text(Map<?, ?> property, String key) {
			Object value = property.get(key);
			return (value != null) ? value.toString() : "";
		}

		/** The comment of a field has one, that of a record's component has none. */
		private static String withoutFullStop(String text) {
			return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
		}

	}

}
