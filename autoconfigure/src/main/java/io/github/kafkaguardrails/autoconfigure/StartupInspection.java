package io.github.kafkaguardrails.autoconfigure;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;
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
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Looks for errors when all singletons exist, and once more before the first listener
 * container starts if others have been added. Errors fail the start-up with one report of
 * all findings, unless the settings say otherwise; where there are none, the report comes
 * when the application has started, or when its start fails: a finding may be the reason.
 * Nothing here contacts a broker.
 */
final class StartupInspection implements SmartInitializingSingleton, SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(StartupInspection.class);

	private final PitfallInspection inspection;

	private final StartupBaseline baseline;

	private final ClusterCheck clusterCheck;

	private final ObjectProvider<ErrorHandlingRegistry> errorHandling;

	private final PitfallReportFormatter formatter = new PitfallReportFormatter();

	private volatile boolean running;

	/** Whether the application was let through. */
	private volatile boolean passed;

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
		boolean errors = this.inspection.findsErrors();
		if (this.baseline.write(this.inspection)) {
			errors = this.inspection.latest().report().hasErrors();
		}
		if (errors) {
			enforce();
		}
		this.passed = true;
		logDefaults();
		if (unfinished()) {
			this.inspection.changed();
		}
	}

	/**
	 * Whether a topology of Kafka Streams is built after this, as a singleton's last act.
	 */
	private boolean unfinished() {
		KafkaSetup setup = this.inspection.picture();
		if (setup != null) {
			for (StreamsSetup streams : setup.streams()) {
				if (streams.stateful() == null) {
					return true;
				}
			}
		}
		return false;
	}

	/** The report comes now: it is the reason, or has something to say at once. */
	private void enforce() {
		if (this.inspection.enforcement() == Enforcement.FAIL) {
			PitfallReport report = this.inspection.latest().report();
			throw new PitfallsFoundException(this.formatter.summary(report), this.formatter.format(report));
		}
		this.clusterCheck.checkConfiguration();
	}

	private void logDefaults() {
		ErrorHandlingRegistry registry = this.errorHandling.getIfAvailable();
		HandledListener first = null;
		int byDefault = 0;
		for (HandledListener listener : (registry != null) ? registry.listeners() : List.<HandledListener>of()) {
			if (listener.byDefault()) {
				byDefault++;
				first = (first != null) ? first : listener;
			}
		}
		if (first != null) {
			logger.info("Kafka Guardrails handles failing records of " + byDefault
					+ " listener(s) for which nothing is set: " + first.context().settings().maxAttempts()
					+ " attempts, then to the dead-letter topic (" + first.endingTopic()
					+ ") instead of being logged and dropped. Change it with kafka.guardrails.listeners.*,"
					+ " switch it off with kafka.guardrails.safe-defaults: false");
		}
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.inspection.enforcement() != Enforcement.OFF && this.inspection.outdated()
				&& this.inspection.findsErrors()) {
			this.passed = false;
			enforce();
			this.passed = true;
		}
	}

	/** Tells what nobody has told yet, unless it was the reason of the failure. */
	@Override
	public void destroy() {
		if (this.passed) {
			this.clusterCheck.checkConfiguration();
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
