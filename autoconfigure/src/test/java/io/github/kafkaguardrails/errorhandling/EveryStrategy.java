package io.github.kafkaguardrails.errorhandling;

import java.util.Arrays;
import java.util.stream.Stream;

/** Settings that name every strategy, so that an application has them all. */
public final class EveryStrategy {

	private EveryStrategy() {
	}

	public static String[] settings() {
		return Stream
			.concat(Arrays.stream(RetryMode.values())
				.map((mode) -> "kafka.guardrails.topics.retry-" + mode + ".retry.mode=" + mode),
					Arrays.stream(Ending.values())
						.map((ending) -> "kafka.guardrails.topics.then-" + ending + ".then=" + ending))
			.toArray(String[]::new);
	}

}
