package io.github.kafkaguardrails.samples.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged application in a process of its own, plain and processed ahead of time.
 */
class OrdersArchiveIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "false, Starting OrdersApplication", "true, Starting AOT-processed OrdersApplication" })
	void printsTheTableAndExits(boolean aot, String firstLine, @TempDir Path directory) throws Exception {
		Path output = directory.resolve("output.txt");
		Process process = start(aot, output);
		try {
			boolean exited = process.waitFor(3, TimeUnit.MINUTES);
			String text = Files.readString(output);
			assertThat(exited).as(text).isTrue();
			assertThat(text).contains(firstLine)
				.containsPattern("\\n {20,}payments +shipping +invoices\\R")
				.containsPattern("\\nsent +5,250 +5,250 +5,250\\R")
				.containsPattern("\\nprocessed +5,235 +5,235 +5,235\\R")
				.containsPattern("\\nlost +0 +0 +0\\R");
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start(boolean aot, Path output) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
				"-Dspring.aot.enabled=" + aot, "-jar", System.getProperty("orders.archive"),
				"--orders.exit-after-feed=true", "--server.address=localhost", "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
	}

}
