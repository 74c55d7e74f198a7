package io.github.kafkaguardrails.samples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM with the java binary of this one. Everything it prints goes to a file.
 */
final class JavaProcess implements AutoCloseable {

	private static final long STOP_SECONDS = 20;

	private final Process process;

	private final Path output;

	private JavaProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start a JVM with the class path of this one.
	 * @param output file for all that it prints
	 * @param memory size of its heap, for example {@code 512m}
	 * @param mainClass name of the class to run
	 * @param args arguments of the class
	 */
	static JavaProcess start(Path output, String memory, String mainClass, List<String> args) throws IOException {
		return start(output, memory, System.getProperty("java.class.path"), mainClass, args);
	}

	/**
	 * Start a JVM.
	 * @param output file for all that it prints
	 * @param memory size of its heap, for example {@code 512m}
	 * @param classPath its class path
	 * @param mainClass name of the class to run
	 * @param args arguments of the class
	 */
	static JavaProcess start(Path output, String memory, String classPath, String mainClass, List<String> args)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xms" + memory, "-Xmx" + memory));
		command.addAll(List.of("-cp", classPath, mainClass));
		command.addAll(args);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new JavaProcess(process, output);
	}

	/**
	 * Wait for the end of the process.
	 * @return what it printed
	 * @throws IllegalStateException when it takes too long or ends with an error
	 */
	String awaitSuccess(Duration limit) throws IOException, InterruptedException {
		if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
			throw failure("did not end within " + limit.toSeconds() + " s");
		}
		if (this.process.exitValue() != 0) {
			throw failure("ended with exit code " + this.process.exitValue());
		}
		return Files.readString(this.output);
	}

	/** Completes when the process ends. */
	CompletableFuture<Process> onExit() {
		return this.process.onExit();
	}

	/** An exception that shows what the process printed. */
	IllegalStateException failure(String what) throws IOException {
		return new IllegalStateException(
				"The child process " + what + ". It printed:\n" + Files.readString(this.output));
	}

	/** End the process, by force when it does not obey. */
	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
