package io.github.kafkaguardrails.errorhandling.orderedretry;

/**
 * Why a parked record ends without a delivery just before.
 *
 * @since 0.1.0
 */
public class ParkedRecordException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ParkedRecordException(String message) {
		super(message, null, false, false);
	}

}
