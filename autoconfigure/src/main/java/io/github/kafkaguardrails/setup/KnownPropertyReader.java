package io.github.kafkaguardrails.setup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;

import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;

/**
 * Reads which properties below {@code spring.kafka} and {@code kafka.guardrails} exist
 * from the configuration metadata of all libraries. A file that cannot be read is passed
 * over.
 */
final class KnownPropertyReader {

	private static final Log logger = LogFactory.getLog(KnownPropertyReader.class);

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final List<String> ROOTS = List.of("spring.kafka.", "kafka.guardrails.");

	/** What is on a class path does not change. The entries are softly referenced. */
	private static final Map<ClassLoader, List<KnownProperty>> CACHE = new ConcurrentReferenceHashMap<>();

	private KnownPropertyReader() {
	}

	static List<KnownProperty> read(@Nullable ClassLoader classLoader) {
		ClassLoader loader = (classLoader != null) ? classLoader : ClassUtils.getDefaultClassLoader();
		return (loader != null) ? CACHE.computeIfAbsent(loader, KnownPropertyReader::readAll) : List.of();
	}

	private static List<KnownProperty> readAll(ClassLoader loader) {
		List<KnownProperty> known = new ArrayList<>();
		try {
			for (URL url : Collections.list(loader.getResources(METADATA))) {
				known.addAll(read(url));
			}
		}
		catch (IOException ex) {
			logger.debug("Configuration metadata cannot be listed", ex);
		}
		return List.copyOf(known);
	}

	private static List<KnownProperty> read(URL url) {
		try {
			String json = content(url);
			// most of the many files are of no interest, and parsing costs more than
			// reading
			if (ROOTS.stream().noneMatch((root) -> json.contains('"' + root))) {
				return List.of();
			}
			return (JsonReader.read(json) instanceof Map<?, ?> metadata) ? properties(metadata) : List.of();
		}
		catch (IOException | IllegalArgumentException ex) {
			logger.debug("Configuration metadata " + url + " cannot be read", ex);
			return List.of();
		}
	}

	private static String content(URL url) throws IOException {
		URLConnection connection = url.openConnection();
		connection.setUseCaches(false);
		try (InputStream stream = connection.getInputStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static List<KnownProperty> properties(Map<?, ?> metadata) {
		return (metadata.get("properties") instanceof List<?> properties) ? properties.stream()
			.flatMap((property) -> (property instanceof Map<?, ?> attributes) ? Stream.of(attributes) : Stream.empty())
			.filter((attributes) -> ROOTS.stream().anyMatch(text(attributes, "name")::startsWith))
			.map(KnownPropertyReader::property)
			.toList() : List.of();
	}

	private static KnownProperty property(Map<?, ?> attributes) {
		String type = text(attributes, "type");
		boolean map = type.startsWith("java.util.Map<") || type.equals("java.util.Properties");
		String deprecation = null;
		String replacement = null;
		if (attributes.get("deprecation") instanceof Map<?, ?> details) {
			deprecation = "error".equals(details.get("level")) ? "error" : "warning";
			replacement = (details.get("replacement") instanceof String name) ? name : null;
		}
		else if (Boolean.TRUE.equals(attributes.get("deprecated"))) {
			deprecation = "warning";
		}
		return new KnownProperty(text(attributes, "name"), map, deprecation, replacement);
	}

	private static String text(Map<?, ?> attributes, String name) {
		return (attributes.get(name) instanceof String text) ? text : "";
	}

}
