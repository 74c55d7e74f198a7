package io.github.kafkaguardrails.autoconfigure;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry.HandledListener;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallReportFormatter;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Inspects the application when all singletons exist, and once more before the first
 * listener container starts if others have been added. Errors fail the start-up with one
 * report, unless the settings say otherwise; nothing here contacts a broker.
 */
final class StartupInspection implements SmartInitializingSingleton, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(StartupInspection.class);

	private final PitfallInspection inspection;

	private final StartupBaseline baseline;

	private final ClusterCheck clusterCheck;

	private final ObjectProvider<ErrorHandlingRegistry> errorHandling;

	private final PitfallReportFormatter formatter = new PitfallReportFormatter();

	private volatile boolean running;

	StartupInspection(PitfallInspection inspection, StartupBaseline baseline, ClusterCheck clusterCheck,
			ObjectProvider<ErrorHandlingRegistry> errorHandling) {
		this.inspection = inspection;
		this.baseline = baseline;
		this.clusterCheck = clusterCheck;
		this.errorHandling = errorHandling;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.inspection.enforcement() == Enforcement.OFF) {
			return;
		}
		this.inspection.inspect();
		PitfallInspection.Result result = this.baseline.write(this.inspection);
		enforce(result.report());
		log(result.report());
		this.clusterCheck.told(result.report());
		if (unfinished(result.setup())) {
			this.inspection.changed();
		}
	}

	/**
	 * Whether a topology of Kafka Streams is built after this, as a singleton's last act.
	 */
	private static boolean unfinished(@Nullable KafkaSetup setup) {
		return setup != null && setup.streams().stream().anyMatch((streams) -> streams.stateful() == null);
	}

	private void enforce(PitfallReport report) {
		if (report.hasErrors() && this.inspection.enforcement() == Enforcement.FAIL) {
			throw new PitfallsFoundException(this.formatter.summary(report), this.formatter.format(report));
		}
	}

	private void log(PitfallReport report) {
		if (report.count(Severity.ERROR) + report.count(Severity.WARNING) > 0) {
			logger.warn("Kafka Guardrails found " + this.formatter.summary(report) + " in the Kafka configuration:\n\n"
					+ this.formatter.format(report) + "\n");
		}
		else {
			logger.info("Kafka Guardrails checked the Kafka configuration by " + report.rules() + " rules: "
					+ this.formatter.summary(report));
		}
		ErrorHandlingRegistry registry = this.errorHandling.getIfAvailable();
		List<HandledListener> byDefault = (registry != null)
				? registry.listeners().stream().filter(HandledListener::byDefault).toList() : List.of();
		if (!byDefault.isEmpty()) {
			HandledListener first = byDefault.get(0);
			logger.info(String.format(
					"Kafka Guardrails handles failing records of %d listener(s) for which nothing is set: %d attempts,"
							+ " then to the dead-letter topic (%s) instead of being logged and dropped."
							+ " Change it with kafka.guardrails.listeners.*, switch it off with"
							+ " kafka.guardrails.safe-defaults: false",
					byDefault.size(), first.context().settings().maxAttempts(), first.endingTopic()));
		}
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.inspection.enforcement() != Enforcement.OFF && this.inspection.outdated()) {
			enforce(this.inspection.inspect().report());
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
