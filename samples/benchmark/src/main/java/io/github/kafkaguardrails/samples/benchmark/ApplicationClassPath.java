package io.github.kafkaguardrails.samples.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;

/**
 * The class path of this JVM as an application has it: the starter is a jar there. The
 * build runs the benchmark on a folder of classes, which makes each class of the
 * application slower to find. And an application has no broker, whose logging takes a
 * quarter of a second to start.
 */
final class ApplicationClassPath implements AutoCloseable {

	private static final List<String> BROKER = List.of("kafka_2.13-", "kafka-server-", "log4j-core-", "scala-");

	private final Path starter;

	private final Path jar;

	private final List<String> entries;

	private ApplicationClassPath(Path starter, Path jar, List<String> entries) {
		this.starter = starter;
		this.jar = jar;
		this.entries = entries;
	}

	/**
	 * Pack the starter, if it is a folder.
	 * @throws IllegalStateException when the starter is no entry of the class path
	 */
	static ApplicationClassPath create() throws IOException {
		Path starter = starter();
		List<String> entries = Arrays
			.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
			.filter((entry) -> BROKER.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
			.toList();
		if (entries.stream().noneMatch((entry) -> isAt(starter, entry))) {
			throw new IllegalStateException("The class path does not have " + starter + " as an entry: " + entries);
		}
		return new ApplicationClassPath(starter, Files.isDirectory(starter) ? packed(starter) : starter, entries);
	}

	String withStarter() {
		return this.entries.stream()
			.map((entry) -> isAt(this.starter, entry) ? this.jar.toString() : entry)
			.collect(Collectors.joining(File.pathSeparator));
	}

	String withoutStarter() {
		return this.entries.stream()
			.filter((entry) -> !isAt(this.starter, entry))
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Override
	public void close() throws IOException {
		if (!this.jar.equals(this.starter)) {
			Files.delete(this.jar);
		}
	}

	private static boolean isAt(Path location, String entry) {
		return Path.of(entry).toAbsolutePath().equals(location);
	}

	private static Path starter() {
		try {
			return Path.of(PitfallCatalogue.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path packed(Path folder) throws IOException {
		Path jar = Files.createTempFile("guardrails-benchmark-starter", ".jar");
		try (OutputStream output = Files.newOutputStream(jar);
				JarOutputStream packed = new JarOutputStream(output);
				Stream<Path> files = Files.walk(folder)) {
			files.filter(Files::isRegularFile).sorted().forEach((file) -> add(packed, folder, file));
		}
		return jar;
	}

	private static void add(JarOutputStream jar, Path folder, Path file) {
		try {
			jar.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
			Files.copy(file, jar);
			jar.closeEntry();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
