package io.github.kafkaguardrails.pitfall.baseline;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The baseline cannot be read or written. The message names the file, the line where
 * there is one, and what was expected.
 *
 * @since 0.1.0
 */
public final class InvalidBaselineException extends FailureAnalyzedException {

	InvalidBaselineException(String description, String action) {
		super(description, action);
	}

	InvalidBaselineException(String description, String action, Throwable cause) {
		super(description, action, cause);
	}

}
