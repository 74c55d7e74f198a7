package io.github.kafkaguardrails.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;

import io.github.kafkaguardrails.pitfall.Baseline;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.baseline.BaselineFile;

/**
 * Reads the baseline when the application starts, and writes it once if that is asked
 * for. A file that is there is never overwritten: a switch that somebody forgot must not
 * accept new findings at each start.
 */
final class StartupBaseline {

	private static final Log logger = LogFactory.getLog(StartupBaseline.class);

	private final @Nullable BaselineFile file;

	private final boolean write;

	StartupBaseline(KafkaGuardrailsProperties.Baseline properties, ResourceLoader resources) {
		this.file = (properties.getFile() != null) ? new BaselineFile(properties.getFile(), resources) : null;
		this.write = properties.isWrite();
	}

	/** What is accepted, or {@code null} when nothing is. */
	@Nullable Baseline read() {
		return (this.file == null || (this.write && !this.file.exists())) ? null : this.file.read();
	}

	/**
	 * Write what the inspection has found, if that is asked for and was not done before,
	 * and accept it.
	 * @param inspection the inspection, which has run
	 * @return whether it was written
	 */
	boolean write(PitfallInspection inspection) {
		if (!this.write) {
			return false;
		}
		if (this.file == null) {
			logger.warn("Kafka Guardrails writes no baseline: kafka.guardrails.baseline.file names no file");
			return false;
		}
		if (this.file.exists()) {
			logger.warn("Kafka Guardrails does not overwrite the baseline " + this.file
					+ ": set kafka.guardrails.baseline.write: false, or delete the file to have it written anew");
			return false;
		}
		Baseline baseline = inspection.baseline();
		this.file.create(baseline);
		logger.warn("Kafka Guardrails wrote " + baseline.entries().size() + " finding(s) to the baseline " + this.file
				+ " and accepts them from now on. Review the file, keep it with the sources of the application,"
				+ " and set kafka.guardrails.baseline.write: false");
		inspection.accept(this.file.read());
		return true;
	}

}
