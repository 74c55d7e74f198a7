package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of an instance. Only ever its own pid gets a signal. */
final class ChaosProcess {

	private final Process process;

	private final Path output;

	private boolean frozen;

	private ChaosProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start an instance.
	 * @param output file for all that it prints
	 * @param classPath what is to be loaded before the class path of this process, or
	 * empty
	 * @param args arguments of the instance
	 */
	static ChaosProcess start(Path output, String classPath, List<String> args) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				classPath + File.pathSeparator + System.getProperty("java.class.path"), ChaosInstance.class.getName()));
		command.addAll(args);
		return new ChaosProcess(
				new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
	}

	/** Where it prints to. */
	Path output() {
		return this.output;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	boolean isFrozen() {
		return this.frozen;
	}

	/** {@code kill -9}: nothing is closed. */
	void kill() {
		this.process.destroyForcibly();
	}

	/** {@code SIGTERM}: the context is closed. */
	void terminate() {
		this.process.destroy();
	}

	void freeze() throws IOException, InterruptedException {
		signal("STOP");
		this.frozen = true;
	}

	void thaw() throws IOException, InterruptedException {
		signal("CONT");
		this.frozen = false;
	}

	private void signal(String signal) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + signal, Long.toString(this.process.pid())).inheritIO().start().waitFor();
	}

	/** Ends the process, by force when it does not obey. */
	void end() throws IOException, InterruptedException {
		if (this.frozen && this.process.isAlive()) {
			thaw();
		}
		this.process.destroy();
		if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

}
