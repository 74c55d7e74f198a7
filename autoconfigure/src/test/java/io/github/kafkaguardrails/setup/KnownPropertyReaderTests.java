package io.github.kafkaguardrails.setup;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.kafkaguardrails.setup.PropertySetup.KnownProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KnownPropertyReader}. */
class KnownPropertyReaderTests {

	@Test
	void readsWhatAJsonLibraryReads() {
		assertThat(KnownPropertyReader.read(null)).filteredOn((property) -> property.name().startsWith("spring.kafka."))
			.isNotEmpty()
			.containsExactlyInAnyOrderElementsOf(BootMetadata.known());
	}

	@Test
	void passesOverAFileThatIsBroken(@TempDir Path root) throws IOException {
		Path broken = metadata(root.resolve("broken"), "{\"properties\": [{\"name\": \"spring.kafka.x\"");
		Path list = metadata(root.resolve("list"), "[\"spring.kafka.x\"]");
		Path good = metadata(root.resolve("good"), "{\"properties\": [{\"name\": \"spring.kafka.y\"}]}");
		URL[] urls = { broken.toUri().toURL(), list.toUri().toURL(), good.toUri().toURL() };
		try (URLClassLoader classLoader = new URLClassLoader(urls, null)) {
			assertThat(KnownPropertyReader.read(classLoader))
				.containsExactly(new KnownProperty("spring.kafka.y", false, null, null));
		}
	}

	private static Path metadata(Path root, String content) throws IOException {
		Path file = root.resolve("META-INF/spring-configuration-metadata.json");
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		return root;
	}

}
