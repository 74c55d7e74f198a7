package io.github.kafkaguardrails.setup;

import java.time.Duration;

/**
 * The shape of a back-off.
 *
 * @param retries number of retries after the first delivery, or {@link #UNLIMITED}
 * @param longest longest single pause
 * @param total all pauses together; of an unlimited back-off the part that was looked at
 * @param polling whether the consumer keeps polling during a pause, so that a long pause
 * does not cost the group membership
 * @since 0.1.0
 */
public record BackOffSetup(long retries, Duration longest, Duration total, boolean polling) {

	/** Number of retries of a back-off that never ends. */
	public static final long UNLIMITED = -1;

}
