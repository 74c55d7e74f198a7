package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A snapshot that is to be committed for the parked topic.
 *
 * @param version what to hand to {@link Lot#snapshotCommitted} when the commit has
 * succeeded
 * @param snapshot offset and metadata of the commit
 * @since 0.1.0
 */
public record PendingSnapshot(long version, ParkedSnapshot snapshot) {
}
