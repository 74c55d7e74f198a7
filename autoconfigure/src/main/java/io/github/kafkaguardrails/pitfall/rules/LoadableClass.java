package io.github.kafkaguardrails.pitfall.rules;

import org.jspecify.annotations.Nullable;

/** Classes of the application by their names. */
final class LoadableClass {

	private LoadableClass() {
	}

	/**
	 * The class, not initialized, or {@code null} when it cannot be loaded.
	 * @param name binary name
	 */
	static @Nullable Class<?> find(String name) {
		try {
			return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
