package io.github.kafkaguardrails.pitfall.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ListenerSetup;

/** Tells whether a listener's group is another one at each start. */
final class RandomGroup {

	private static final Pattern RANDOM = Pattern.compile("\\$\\{random\\.|#\\{.*(random|uuid)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
			Pattern.CASE_INSENSITIVE);

	private RandomGroup() {
	}

	static boolean of(ListenerSetup listener) {
		ConfigValue group = listener.consumer().get("group.id");
		String raw = (group.raw() != null) ? group.raw() : "";
		if (RANDOM.matcher(raw).find()) {
			return true;
		}
		Matcher uuid = UUID.matcher(String.valueOf(listener.groupId()));
		// an identifier that somebody wrote down is the same at each start
		return uuid.find() && !raw.contains(uuid.group());
	}

}
