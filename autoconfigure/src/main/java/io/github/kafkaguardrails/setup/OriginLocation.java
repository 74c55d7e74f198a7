package io.github.kafkaguardrails.setup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Says where a property stands, in the words that a developer would use.
 */
final class OriginLocation {

	private static final String DEVTOOLS_STYLE_URL = "URL [file:";

	private OriginLocation() {
	}

	static String describe(@Nullable Origin origin) {
		if (origin instanceof PropertySourceOrigin sourceOrigin) {
			return (sourceOrigin.getOrigin() != null) ? describe(sourceOrigin.getOrigin())
					: describe(sourceOrigin.getPropertySource(), sourceOrigin.getPropertyName());
		}
		if (origin instanceof TextResourceOrigin textOrigin) {
			String file = describe(textOrigin.getResource());
			return (textOrigin.getLocation() != null) ? file + ":" + textOrigin.getLocation() : file;
		}
		if (origin instanceof SystemEnvironmentOrigin environmentOrigin) {
			return "environment variable " + environmentOrigin.getProperty();
		}
		return (origin != null) ? origin.toString() : "unknown place";
	}

	private static String describe(PropertySource<?> source, String property) {
		if (source instanceof SystemEnvironmentPropertySource) {
			return "environment variable " + property;
		}
		if (source instanceof CommandLinePropertySource) {
			return "command line argument --" + property;
		}
		if (StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source.getName())) {
			return "system property " + property;
		}
		return source.getName();
	}

	private static String describe(@Nullable Resource resource) {
		if (resource instanceof OriginTrackedResource tracked) {
			return describe(tracked.getResource());
		}
		if (resource instanceof ClassPathResource classPathResource) {
			return classPathResource.getPath();
		}
		if (resource instanceof FileSystemResource file) {
			return file.getPath();
		}
		String description = (resource != null) ? resource.getDescription() : "unknown file";
		if (description.startsWith(DEVTOOLS_STYLE_URL) && description.endsWith("]")) {
			return description.substring(DEVTOOLS_STYLE_URL.length(), description.length() - 1);
		}
		return description;
	}

}
