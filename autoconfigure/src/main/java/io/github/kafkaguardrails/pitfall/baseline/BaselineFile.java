package io.github.kafkaguardrails.pitfall.baseline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

import io.github.kafkaguardrails.pitfall.Baseline;

/**
 * The file that {@code kafka.guardrails.baseline.file} names. Immutable; what is in the
 * file is read at each call.
 *
 * @since 0.1.0
 */
public final class BaselineFile {

	private static final String WRITE = "kafka.guardrails.baseline.write";

	private final String location;

	private final Resource resource;

	/**
	 * A file.
	 * @param location a path, or a location with a prefix such as {@code classpath:}
	 * @param resources resolves such a prefix
	 */
	public BaselineFile(String location, ResourceLoader resources) {
		this.location = location;
		this.resource = ApplicationResourceLoader.get(resources, true).getResource(location);
	}

	/** Whether there is such a file. */
	public boolean exists() {
		return this.resource.exists();
	}

	/**
	 * What is in the file.
	 * @return the baseline
	 * @throws InvalidBaselineException if there is no such file, or if its text is not
	 * that of a baseline
	 */
	public Baseline read() {
		if (!exists()) {
			throw new InvalidBaselineException(
					"The baseline of Kafka Guardrails does not exist: " + this.location + " cannot be found.",
					"Write it once with " + WRITE + ": true, or delete kafka.guardrails.baseline.file.");
		}
		return BaselineReader.read(this.location, this.resource);
	}

	/**
	 * Write the file, whole or not at all. A file that is there is left alone.
	 * @param baseline what is accepted
	 * @throws InvalidBaselineException if the file is there or cannot be written
	 */
	public void create(Baseline baseline) {
		try {
			Path file = this.resource.getFile().toPath().toAbsolutePath();
			Path folder = Files.createDirectories(file.getParent());
			Path complete = folder.resolve(file.getFileName() + ".tmp");
			try {
				Files.writeString(complete, BaselineText.of(baseline));
				Files.move(complete, file);
			}
			finally {
				Files.deleteIfExists(complete);
			}
		}
		catch (FileAlreadyExistsException ex) {
			throw new InvalidBaselineException(
					"The baseline of Kafka Guardrails is not overwritten: " + this.location + " is there already.",
					"Delete the file to have it written anew.", ex);
		}
		catch (IOException ex) {
			throw new InvalidBaselineException(
					"The baseline of Kafka Guardrails cannot be written to " + this.location + ": " + ex.getMessage(),
					"Give kafka.guardrails.baseline.file the path of a file that can be written, or take the text from"
							+ " the endpoint kafkaguardrails/baseline.",
					ex);
		}
	}

	@Override
	public String toString() {
		return this.location;
	}

}
