package io.github.kafkaguardrails.samples.benchmark;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ApplicationClassPath}. */
class ApplicationClassPathTests {

	@Test
	void hasTheStarterAsAJarAndDeletesIt() throws Exception {
		List<String> added;
		try (ApplicationClassPath classPath = ApplicationClassPath.create()) {
			added = entries(classPath.withStarter()).stream()
				.filter((entry) -> !entries(classPath.withoutStarter()).contains(entry))
				.toList();
			assertThat(added).singleElement().asString().endsWith(".jar");
			URL[] jar = { Path.of(added.get(0)).toUri().toURL() };
			try (URLClassLoader loader = new URLClassLoader(jar, null)) {
				assertThat(loader.getResource(PitfallCatalogue.class.getName().replace('.', '/') + ".class"))
					.isNotNull();
				assertThat(loader.getResource("META-INF/spring.factories")).isNotNull();
			}
		}
		boolean folder = Files
			.isDirectory(Path.of(PitfallCatalogue.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
		assertThat(Path.of(added.get(0))).matches((jar) -> Files.exists(jar) != folder);
	}

	@Test
	void hasNoBroker() throws Exception {
		try (ApplicationClassPath classPath = ApplicationClassPath.create()) {
			assertThat(entries(System.getProperty("java.class.path")))
				.anyMatch((entry) -> entry.contains("log4j-core"));
			assertThat(entries(classPath.withStarter())).isNotEmpty()
				.noneMatch((entry) -> entry.contains("log4j-core") || entry.contains("kafka_2.13"))
				.anyMatch((entry) -> entry.contains("kafka-clients"));
		}
	}

	private static List<String> entries(String classPath) {
		return Arrays.asList(classPath.split(Pattern.quote(File.pathSeparator)));
	}

}
