package io.github.kafkaguardrails.autoconfigure;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Fails the start-up because of errors in the configuration. The report stands in the
 * failure analysis only; the message, which Spring logs as well, is one line.
 */
final class PitfallsFoundException extends FailureAnalyzedException {

	private static final String ACTION = "Mend the errors. To start all the same, set kafka.guardrails.enforcement: warn,"
			+ " or give a rule another severity as shown with each finding.";

	private final String report;

	PitfallsFoundException(String summary, String report) {
		super("Kafka Guardrails found " + summary + " in the Kafka configuration", ACTION);
		this.report = report;
	}

	@Override
	public FailureAnalysis analysis() {
		return new FailureAnalysis(getMessage() + ":\n\n" + this.report, ACTION, this);
	}

}
