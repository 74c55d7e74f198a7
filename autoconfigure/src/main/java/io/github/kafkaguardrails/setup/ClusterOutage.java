package io.github.kafkaguardrails.setup;

/**
 * Why a cluster could not be read.
 *
 * @param kind what went wrong
 * @param reason class of the error, ready to print, without secrets
 * @since 0.1.0
 */
public record ClusterOutage(Kind kind, String reason) {

	/** What went wrong. */
	public enum Kind {

		/** No address of the bootstrap servers could be resolved. */
		ADDRESS,

		/** The cluster did not accept the credentials, or the client did not trust it. */
		AUTHENTICATION,

		/** The cluster accepted the client but did not let it look. */
		AUTHORIZATION,

		/** No broker answered in time. */
		TIMEOUT,

		/** Anything else. */
		OTHER

	}

}
