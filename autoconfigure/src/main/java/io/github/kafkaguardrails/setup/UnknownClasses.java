package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds names in the settings of retries that are no exception class.
 */
final class UnknownClasses {

	private static final Pattern SETTING = Pattern.compile(
			"kafka[._]guardrails[._](listeners|topics)[._\\[].+[._]retry[._](fatal|retryable)([._\\[]\\d+[_\\]]?)?",
			Pattern.CASE_INSENSITIVE);

	private UnknownClasses() {
	}

	static List<ConfigValue> among(List<ConfigValue> properties, @Nullable ClassLoader classLoader) {
		List<ConfigValue> unknown = new ArrayList<>();
		for (ConfigValue property : properties) {
			if (SETTING.matcher(property.key()).matches()) {
				for (String name : StringUtils.commaDelimitedListToStringArray(String.valueOf(property.value()))) {
					if (!isThrowable(name.trim(), classLoader)) {
						unknown.add(new ConfigValue(property.key(), name.trim(), property.raw(), property.origin()));
					}
				}
			}
		}
		return unknown;
	}

	private static boolean isThrowable(String name, @Nullable ClassLoader classLoader) {
		try {
			return name.isEmpty() || Throwable.class.isAssignableFrom(ClassUtils.forName(name, classLoader));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
