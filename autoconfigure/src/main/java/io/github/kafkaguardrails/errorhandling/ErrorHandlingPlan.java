package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup;

/**
 * All that the engine needs to handle the failing records of one container.
 *
 * @param listenerId id of the listener
 * @param groupId consumer group, or {@code null} when there is none
 * @param policy which failures are tried again, and when
 * @param inPlace whether retries take place in the container itself, so that the records
 * behind wait
 * @param ending what happens after the last attempt
 * @param endingKind the ending as the settings name it
 * @param events is told what happens
 * @param clock the time
 * @param description the plan in the words of the picture
 * @since 0.1.0
 */
public record ErrorHandlingPlan(String listenerId, @Nullable String groupId, RetryPolicy policy, boolean inPlace,
		FailedRecordEnding ending, Ending endingKind, FailedRecordListener events, Clock clock,
		ErrorHandlingSetup description) {

}
