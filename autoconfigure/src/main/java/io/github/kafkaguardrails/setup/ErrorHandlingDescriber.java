package io.github.kafkaguardrails.setup;

/**
 * Implemented by error handlers and after-rollback processors that can tell what they do,
 * so that the picture shows them without knowing them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorHandlingDescriber {

	/** What this handler does with a failing record. */
	ErrorHandlingSetup describeErrorHandling();

}
