package io.github.kafkaguardrails.pitfall.rules;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;

/** Fixes that fit the place where a value was set. */
final class Remedy {

	private Remedy() {
	}

	/** Take the value away, so that the default applies. */
	static Fix delete(ConfigValue value) {
		String property = value.origin().property();
		return (property != null) ? Fix.delete(property)
				: Fix.action("delete " + value.key() + " (" + value.origin() + ")");
	}

	/** Write another value in the same place and the same syntax. */
	static Fix change(ConfigValue value, Object replacement) {
		String property = value.origin().property();
		return (property != null) ? Fix.set(property, replacement)
				: Fix.action("change " + value.key() + " to " + replacement + " (" + value.origin() + ")");
	}

	/**
	 * Set a property. What sets the key elsewhere has to go first, because it would win.
	 */
	static Finding set(Finding finding, ConfigValue current, String property, Object value) {
		boolean elsewhere = current.explicit() && !property.equals(current.origin().property());
		Finding mended = elsewhere ? finding.withFix(delete(current)) : finding;
		return mended.withFix(Fix.set(property, value));
	}

}
