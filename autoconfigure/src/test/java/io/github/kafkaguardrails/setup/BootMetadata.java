package io.github.kafkaguardrails.setup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** What Spring Boot's own metadata says of the {@code spring.kafka} properties. */
public final class BootMetadata {

	private BootMetadata() {
	}

	/** All properties, the deprecated and removed ones included. */
	public static List<PropertySetup.KnownProperty> known() {
		return properties().stream().map(BootMetadata::known).toList();
	}

	/**
	 * Types of the plain properties that {@link KafkaProperties} hands on itself, by
	 * name. (A bundle reaches the client through the connection details.)
	 */
	static Map<String, String> types() {
		Map<String, String> types = new TreeMap<>();
		for (Map<?, ?> property : properties()) {
			String name = text(property, "name");
			String type = text(property, "type");
			if (!property.containsKey("deprecation") && !type.contains("Map<") && !name.endsWith("ssl.bundle")) {
				types.put(name, type);
			}
		}
		return types;
	}

	private static PropertySetup.KnownProperty known(Map<?, ?> property) {
		boolean map = text(property, "type").contains("Map<");
		if (!(property.get("deprecation") instanceof Map<?, ?> deprecation)) {
			return new PropertySetup.KnownProperty(text(property, "name"), map, null, null);
		}
		Object replacement = deprecation.get("replacement");
		return new PropertySetup.KnownProperty(text(property, "name"), map,
				"error".equals(deprecation.get("level")) ? "error" : "warning",
				(replacement != null) ? replacement.toString() : null);
	}

	private static String text(Map<?, ?> property, String key) {
		return String.valueOf(property.get(key));
	}

	private static List<Map<?, ?>> properties() {
		String location = KafkaProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		URI file = URI.create("jar:" + location + "!/META-INF/spring-configuration-metadata.json");
		try (InputStream input = file.toURL().openStream()) {
			Map<String, Object> metadata = JsonParserFactory.getJsonParser()
				.parseMap(new String(input.readAllBytes(), StandardCharsets.UTF_8));
			List<Map<?, ?>> properties = new ArrayList<>();
			((List<?>) metadata.getOrDefault("properties", List.of()))
				.forEach((property) -> properties.add((Map<?, ?>) property));
			return properties;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
