package io.github.kafkaguardrails.cluster;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

import io.github.kafkaguardrails.setup.ClusterOutage;

/**
 * What went wrong. Only the class of an error is ever shown: messages may hold
 * credentials.
 *
 * @param cause the error without those that only wrap it
 */
record Failure(Throwable cause) {

	private static final String NO_ADDRESS = "No resolvable bootstrap urls";

	static Failure of(Throwable error) {
		Throwable cause = error;
		while (wraps(cause) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return new Failure(cause);
	}

	private static boolean wraps(Throwable error) {
		return error instanceof ExecutionException || error instanceof CompletionException
				|| error.getClass() == KafkaException.class;
	}

	String reason() {
		return this.cause.getClass().getSimpleName();
	}

	ClusterOutage outage() {
		return new ClusterOutage(kind(), reason());
	}

	private ClusterOutage.Kind kind() {
		if (this.cause instanceof AuthenticationException) {
			return ClusterOutage.Kind.AUTHENTICATION;
		}
		if (this.cause instanceof AuthorizationException) {
			return ClusterOutage.Kind.AUTHORIZATION;
		}
		if (this.cause instanceof TimeoutException || this.cause instanceof java.util.concurrent.TimeoutException) {
			return ClusterOutage.Kind.TIMEOUT;
		}
		boolean noAddress = this.cause instanceof ConfigException && this.cause.getMessage() != null
				&& this.cause.getMessage().contains(NO_ADDRESS);
		return noAddress ? ClusterOutage.Kind.ADDRESS : ClusterOutage.Kind.OTHER;
	}

}
