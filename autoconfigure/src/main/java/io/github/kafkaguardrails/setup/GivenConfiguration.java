package io.github.kafkaguardrails.setup;

import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a factory says that it gives to its clients.
 */
final class GivenConfiguration {

	private static final Log logger = LogFactory.getLog(GivenConfiguration.class);

	private GivenConfiguration() {
	}

	/**
	 * The configuration, or {@code null} when the factory, one of the user for example,
	 * does not show it.
	 * @param configuration asks the factory
	 */
	static @Nullable Map<String, Object> of(Supplier<@Nullable Map<String, Object>> configuration) {
		try {
			Map<String, Object> values = configuration.get();
			return (values == null || values.isEmpty()) ? null : values;
		}
		catch (RuntimeException ex) {
			logger.debug("A factory does not show its configuration", ex);
			return null;
		}
	}

}
