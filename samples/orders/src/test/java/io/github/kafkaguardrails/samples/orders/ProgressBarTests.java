package io.github.kafkaguardrails.samples.orders;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressBarTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@Test
	void drawsOneLineAgainAndAgainOnATerminal() {
		show(true);
		assertThat(text()).startsWith("\rSending    [#---------------------------------------] 25 of 1,000\r")
			.endsWith("\rSending    [########################################] 1,000 of 1,000\n")
			.containsOnlyOnce("\n");
	}

	@Test
	void printsAFewWholeLinesElsewhere() {
		show(false);
		assertThat(text()).doesNotContain("\r");
		assertThat(text().lines()).hasSize(5)
			.startsWith("Sending    [########--------------------------------] 200 of 1,000")
			.endsWith("Sending    [########################################] 1,000 of 1,000");
	}

	private void show(boolean terminal) {
		ProgressBar bar = new ProgressBar("Sending", new PrintStream(this.output, true, StandardCharsets.UTF_8),
				terminal);
		for (int done = 1; done <= 1000; done++) {
			bar.show(done, 1000);
		}
	}

	private String text() {
		return this.output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

}
