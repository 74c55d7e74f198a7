package io.github.kafkaguardrails.errorhandling;

import org.springframework.util.unit.DataSize;

/**
 * Settings of the ordered retry of one listener, complete and valid.
 *
 * @param topic name of the parked topic with placeholders; default
 * {@value #DEFAULT_TOPIC}
 * @param maxParkedRecords parked records of a partition beyond which it blocks; default
 * 8,000
 * @param maxParkedBytes bytes of the parked records of a partition beyond which it
 * blocks; default 16 MB
 * @param afterDeadLetter what happens to the later records of a key after a dead letter;
 * default {@link AfterDeadLetter#RELEASE}
 * @since 0.1.0
 */
public record OrderedSettings(String topic, int maxParkedRecords, DataSize maxParkedBytes,
		AfterDeadLetter afterDeadLetter) {

	/** Default name of a parked topic. */
	public static final String DEFAULT_TOPIC = "{topic}-{group}-parked";

	/** Half the window of offsets that fits into a commit. */
	static final int MAX_PARKED_RECORDS = 10_000;

}
