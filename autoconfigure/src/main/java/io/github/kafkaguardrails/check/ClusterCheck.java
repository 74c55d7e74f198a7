package io.github.kafkaguardrails.check;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.PitfallChange;
import io.github.kafkaguardrails.pitfall.PitfallChange.Violation;
import io.github.kafkaguardrails.pitfall.PitfallChangeListener;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallReportFormatter;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Tells what the rules find: first in the configuration, in one report. After that it
 * reads the clusters, or takes what was observed of the running application, and tells
 * what has changed since: errors and warnings that appeared in one log entry, those that
 * are resolved in another, both to the listeners. What has been told once is not told
 * again. Safe for use by several threads; checks run one after the other.
 *
 * @since 0.1.0
 */
public final class ClusterCheck {

	private static final Log logger = LogFactory.getLog(ClusterCheck.class);

	private final PitfallInspection inspection;

	private final Supplier<List<PitfallChangeListener>> listeners;

	private final PitfallReportFormatter formatter = new PitfallReportFormatter();

	private PitfallChange latest = PitfallChange.none();

	private volatile boolean configurationTold;

	/**
	 * A check.
	 * @param inspection reads and judges
	 * @param listeners those who hear of changes
	 */
	public ClusterCheck(PitfallInspection inspection, Supplier<List<PitfallChangeListener>> listeners) {
		this.inspection = inspection;
		this.listeners = listeners;
	}

	/**
	 * Tell what the rules find in the configuration, if that has not been told. Comes
	 * before all else that is told here. Contacts no broker.
	 */
	public void checkConfiguration() {
		// does not wait for a check that waits for brokers
		if (!this.configurationTold) {
			tellConfiguration();
		}
	}

	private synchronized void tellConfiguration() {
		if (this.configurationTold) {
			return;
		}
		this.configurationTold = true;
		PitfallInspection.Result result = this.inspection.latest();
		PitfallReport report = ((result.setup() != null) ? result : this.inspection.inspect()).report();
		this.latest = this.latest.next(report, true);
		if (report.count(Severity.ERROR) + report.count(Severity.WARNING) > 0) {
			warn(report, "in the Kafka configuration");
		}
		else {
			logger.info("Kafka Guardrails checked the Kafka configuration by " + report.rules() + " rules: "
					+ this.formatter.summary(report));
		}
	}

	/**
	 * Check now. Waits for the brokers as long as the reader of the clusters does.
	 */
	public synchronized PitfallInspection.Result check() {
		checkConfiguration();
		return tell(this.inspection.inspectClusters(), "in a check of the clusters");
	}

	/**
	 * Check what was observed of the running application, on the clusters as they were
	 * read last. Waits for a check that runs.
	 * @param activity what was observed
	 */
	public synchronized PitfallInspection.Result check(ActivitySetup activity) {
		checkConfiguration();
		return tell(this.inspection.inspectActivity(activity), "in the running application");
	}

	private PitfallInspection.Result tell(PitfallInspection.Result result, String where) {
		PitfallChange change = this.latest.next(result.report(), complete(result.setup()));
		this.latest = change;
		log(change, result.report().rules(), where);
		this.listeners.get().forEach((listener) -> listener.checked(change));
		return result;
	}

	private static boolean complete(@Nullable KafkaSetup setup) {
		return setup != null && setup.clusters().stream().allMatch(ClusterSetup::readable);
	}

	private void log(PitfallChange change, int rules, String where) {
		List<ReportedFinding> serious = change.appeared()
			.stream()
			.filter((finding) -> finding.severity() != Severity.INFO)
			.toList();
		if (!serious.isEmpty()) {
			warn(new PitfallReport(serious, rules), where);
		}
		if (!change.resolved().isEmpty()) {
			logger.info("Kafka Guardrails no longer finds "
					+ change.resolved().stream().sorted().map(Violation::toString).collect(Collectors.joining(", ")));
		}
	}

	private void warn(PitfallReport report, String where) {
		logger.warn("Kafka Guardrails found " + this.formatter.summary(report) + " " + where + ":\n\n"
				+ this.formatter.format(report) + "\n");
	}

}
