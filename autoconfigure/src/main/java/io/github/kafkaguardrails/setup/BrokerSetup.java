package io.github.kafkaguardrails.setup;

import org.jspecify.annotations.Nullable;

/**
 * A broker as the cluster advertises it.
 *
 * @param id broker id
 * @param host advertised host
 * @param port advertised port
 * @param rack rack, or {@code null} when none is set
 * @param address what the application's machine makes of the host
 * @since 0.1.0
 */
public record BrokerSetup(int id, String host, int port, @Nullable String rack, Address address) {

	/** What a host name leads to, seen from the application's machine. */
	public enum Address {

		/** Some other machine, or nobody answered in time. */
		REMOTE,

		/** The application's own machine. */
		LOOPBACK,

		/** The name does not resolve. */
		UNRESOLVED

	}

}
