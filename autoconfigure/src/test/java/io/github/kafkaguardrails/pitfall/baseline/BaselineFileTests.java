package io.github.kafkaguardrails.pitfall.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.DefaultResourceLoader;

import io.github.kafkaguardrails.pitfall.Baseline;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link BaselineFile}, {@link BaselineText} and {@link BaselineReader}. */
class BaselineFileTests {

	private static final String VALID = """
			date: "2026-11-01"
			findings:
			  - rule: "producer-acks-not-all"
			    subject: "producer 'orders'"
			    about: "It leaks: acks = 1"
			    fingerprint: "0123456789012345"
			""";

	@TempDir
	private Path folder;

	@Test
	void isReadAsItWasWritten() {
		Baseline.Entry odd = new Baseline.Entry("producer-acks-not-all", "listener 'a: #\"\\{}\t*é'",
				"Käse: x = [1]\n%", "01234567890e2345", origin(3));
		Baseline.Entry plain = new Baseline.Entry("producer-config-rejected", "producer 'p'", "y", "0".repeat(16),
				origin(3));
		Baseline baseline = new Baseline(LocalDate.of(2026, 11, 1), true, List.of(odd, plain));
		BaselineFile file = file("baseline.yml");
		file.create(baseline);
		Baseline read = file.read();
		assertThat(read.date()).isEqualTo(baseline.date());
		assertThat(read.clusters()).isTrue();
		assertThat(read.entries()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("origin")
			.containsExactly(odd, plain);
		assertThat(read.entries().get(1).origin()).hasToString(this.folder.resolve("baseline.yml") + ":10:11");
	}

	@Test
	void anEmptyOneIsReadAsItWasWritten() {
		BaselineFile file = file("empty.yml");
		file.create(new Baseline(LocalDate.of(2026, 11, 1), false, List.of()));
		assertThat(file.read().entries()).isEmpty();
	}

	@Test
	void keysAreOptionalWhereNothingDependsOnThem() throws IOException {
		assertThat(read(VALID.replace("    about: \"It leaks: acks = 1\"\n", "")).entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.fingerprint()).isEqualTo("0123456789012345"));
	}

	@Test
	void createsTheFolderAndLeavesNothingElseBehind() throws IOException {
		file("a/b/baseline.yml").create(new Baseline(LocalDate.EPOCH, false, List.of()));
		try (Stream<Path> files = Files.list(this.folder.resolve("a/b"))) {
			assertThat(files.map((path) -> path.getFileName().toString())).containsExactly("baseline.yml");
		}
	}

	@Test
	void neverOverwritesAFile() throws IOException {
		Files.writeString(this.folder.resolve("baseline.yml"), VALID);
		assertThatExceptionOfType(InvalidBaselineException.class)
			.isThrownBy(() -> file("baseline.yml").create(new Baseline(LocalDate.EPOCH, false, List.of())))
			.withMessageContaining("not overwritten");
		assertThat(this.folder.resolve("baseline.yml")).hasContent(VALID);
		assertThat(this.folder).isDirectoryNotContaining("glob:**.tmp");
	}

	@Test
	void saysWhenItCannotBeWritten() {
		assertThatExceptionOfType(InvalidBaselineException.class)
			.isThrownBy(() -> new BaselineFile("classpath:no-such-file.yml", new DefaultResourceLoader())
				.create(new Baseline(LocalDate.EPOCH, false, List.of())))
			.withMessageContaining("cannot be written to classpath:no-such-file.yml");
	}

	@Test
	void saysWhenThereIsNone() {
		assertThatExceptionOfType(InvalidBaselineException.class).isThrownBy(file("none.yml")::read)
			.withMessageContaining("none.yml cannot be found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					rule: "producer-acks-not-all" | rul: "x"                    | 3:10: expected 'rule', 'subject', 'about' and 'fingerprint' below each finding, but found
					"0123456789012345"            | "123"                       | 6:18: expected 16 hexadecimal digits as they were written, but found
					date: "2026-11-01"            | date: yesterday             | 1:7: expected a day such as "2027-01-31", but found 'date: yesterday'.
					date: "2026-11-01"            | day: "2026-11-01"           | 1:6: expected 'date', 'clusters' and a list 'findings', but found 'day: 2026-11-01'.
					date: "2026-11-01"            | clusters: true              | .yml: expected 'date' at the beginning
					subject: "producer 'orders'"  | subject: ""                 | 3:11: expected 'subject' in this finding.
					findings:                     | clusters: 5                 | 3:9
					fingerprint: "0123456789012345" | about: "twice"            | 6
					- rule:                       | rule:                       | expected
					""")
	void saysWhichLineIsBrokenAndWhatWasExpected(String text, String slip, String message) {
		assertThat(VALID).contains(text);
		assertThatExceptionOfType(InvalidBaselineException.class).isThrownBy(() -> read(VALID.replace(text, slip)))
			.withMessageContaining("broken.yml")
			.withMessageContaining(message)
			.withMessageContaining("expected");
	}

	@Test
	void anEmptyFileIsBroken() {
		assertThatExceptionOfType(InvalidBaselineException.class).isThrownBy(() -> read(""))
			.withMessageContaining("must be one YAML document");
	}

	private Baseline read(String text) throws IOException {
		Files.writeString(this.folder.resolve("broken.yml"), text);
		return file("broken.yml").read();
	}

	private BaselineFile file(String name) {
		return new BaselineFile(this.folder.resolve(name).toString(), new DefaultResourceLoader());
	}

	private static ValueOrigin origin(int line) {
		return ValueOrigin.property("kafka.guardrails.baseline.file", "baseline.yml:" + line + ":11");
	}

}
