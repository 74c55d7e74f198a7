package io.github.kafkaguardrails.pitfall.rules;

import java.util.Locale;

import io.github.kafkaguardrails.setup.ClientConfig;

/** What protects the connection of a client. */
enum SecurityProtocol {

	/** Nothing. */
	PLAINTEXT(false, false),

	/** Encryption. */
	SSL(false, true),

	/** Authentication. */
	SASL_PLAINTEXT(true, false),

	/** Authentication and encryption. */
	SASL_SSL(true, true),

	/** A value that the client will not accept or that is not resolved yet. */
	UNKNOWN(false, false);

	/** Key of the setting. */
	static final String KEY = "security.protocol";

	private final boolean sasl;

	private final boolean tls;

	SecurityProtocol(boolean sasl, boolean tls) {
		this.sasl = sasl;
		this.tls = tls;
	}

	/** The effective protocol; Kafka does not mind the case. */
	static SecurityProtocol of(ClientConfig config) {
		try {
			return valueOf(config.string(KEY).toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			return UNKNOWN;
		}
	}

	/** Whether the client authenticates with SASL. */
	boolean sasl() {
		return this.sasl;
	}

	/** Whether the connection is encrypted. */
	boolean tls() {
		return this.tls;
	}

}
