package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * The metadata of an offset commit is not a snapshot of parked records: somebody else has
 * committed the offset, or a later version of this library has. What is parked is
 * unknown; nobody may guess it.
 *
 * @since 0.1.0
 */
public final class UnreadableSnapshotException extends Exception {

	private static final long serialVersionUID = 1L;

	UnreadableSnapshotException(String message) {
		super(message);
	}

}
