package io.github.kafkaguardrails.pitfall;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Reads the picture, runs all rules, and keeps the latest result for those who show it.
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class PitfallInspection {

	private final Supplier<KafkaSetup> reader;

	private final Function<KafkaSetup, List<ClusterSetup>> clusterReader;

	private final PitfallCatalogue catalogue;

	private volatile PitfallSettings settings;

	private final Clock clock;

	private final Object clusterCheck = new Object();

	private volatile boolean outdated;

	/** Whether all rules have run on the latest picture. */
	private volatile boolean complete;

	private volatile List<ClusterSetup> clusters = List.of();

	private volatile @Nullable Instant clustersReadAt;

	private volatile ActivitySetup activity = ActivitySetup.NONE;

	private volatile Result latest = new Result(null, PitfallReport.empty());

	/**
	 * An inspection.
	 * @param reader reads the picture
	 * @param clusterReader reads the clusters that the application of a picture uses
	 * @param catalogue the rules
	 * @param settings how findings are judged
	 * @param clock tells the day on which waivers are judged and baselines written
	 */
	public PitfallInspection(Supplier<KafkaSetup> reader, Function<KafkaSetup, List<ClusterSetup>> clusterReader,
			PitfallCatalogue catalogue, PitfallSettings settings, Clock clock) {
		this.reader = reader;
		this.clusterReader = clusterReader;
		this.catalogue = catalogue;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Read the picture anew and run all rules, on the clusters as they were read last.
	 * Contacts no broker.
	 */
	public Result inspect() {
		this.outdated = false;
		return check(this.reader.get());
	}

	/**
	 * Read the picture anew, and run the rules that can find errors. The others run when
	 * somebody asks for the {@link #latest()} result. Contacts no broker.
	 */
	public boolean findsErrors() {
		this.outdated = false;
		KafkaSetup setup = this.reader.get();
		synchronized (this) {
			this.latest = new Result(setup, this.catalogue.checkForErrors(setup, this.settings, today()));
			this.complete = false;
			return this.latest.report().hasErrors();
		}
	}

	/**
	 * Read the clusters and the picture anew and run all rules. Waits for the brokers;
	 * not for the thread that starts the application.
	 */
	public Result inspectClusters() {
		synchronized (this.clusterCheck) {
			this.outdated = false;
			KafkaSetup setup = this.reader.get().withActivity(this.activity);
			this.clusters = List.copyOf(this.clusterReader.apply(setup));
			Instant readAt = this.clock.instant();
			Result result = check(setup);
			this.clustersReadAt = readAt;
			return result;
		}
	}

	/**
	 * Run all rules on the picture of the latest run, or on a new one when the
	 * application has changed since, with what was observed while running. Contacts no
	 * broker.
	 * @param activity what was observed
	 */
	public Result inspectActivity(ActivitySetup activity) {
		this.activity = activity;
		KafkaSetup setup = this.latest.setup();
		return (setup != null && !this.outdated) ? check(setup) : inspect();
	}

	/** One after another, so that the last one sees all that was read before. */
	private synchronized Result check(KafkaSetup picture) {
		KafkaSetup setup = picture.withClusters(this.clusters).withActivity(this.activity);
		this.latest = new Result(setup, this.catalogue.check(setup, this.settings, today()));
		this.complete = true;
		return this.latest;
	}

	/**
	 * The result of the latest run of all rules, or of a new one when the application has
	 * changed since. Empty before the first run.
	 */
	public Result latest() {
		Result result = this.latest;
		if (result.setup() == null) {
			return result;
		}
		if (this.outdated) {
			return inspect();
		}
		return this.complete ? result : check(result.setup());
	}

	/** The picture that was read last, or {@code null} before the first run. */
	public @Nullable KafkaSetup picture() {
		return this.latest.setup();
	}

	/**
	 * Accept these findings from now on, and judge the latest picture anew.
	 * @param baseline what is accepted
	 */
	public Result accept(Baseline baseline) {
		this.settings = this.settings.withBaseline(baseline);
		KafkaSetup setup = this.latest.setup();
		return (setup != null) ? check(setup) : inspect();
	}

	/** A baseline of what the latest run has found, with the date of today. */
	public Baseline baseline() {
		return Baseline.of(latest(), today());
	}

	private LocalDate today() {
		return LocalDate.now(this.clock);
	}

	/** The rules. */
	public PitfallCatalogue catalogue() {
		return this.catalogue;
	}

	/** When the clusters were read last, or {@code null} before that. */
	public @Nullable Instant clustersReadAt() {
		return this.clustersReadAt;
	}

	/** Note that the application has changed, for example got another listener. */
	public void changed() {
		this.outdated = true;
	}

	/** Whether the application has changed since the latest run. */
	public boolean outdated() {
		return this.outdated;
	}

	/** What happens when there are errors at start-up. */
	public Enforcement enforcement() {
		return this.settings.enforcement();
	}

	/**
	 * A picture and what was found in it.
	 *
	 * @param setup the picture, or {@code null} before the first run
	 * @param report the findings
	 */
	public record Result(@Nullable KafkaSetup setup, PitfallReport report) {

	}

}
