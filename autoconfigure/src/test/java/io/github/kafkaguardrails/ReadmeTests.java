package io.github.kafkaguardrails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.kafka.core.KafkaTemplate;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSource;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.Waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keeps the documents at the root of the repository true. With
 * {@code -Dreadme.update=true} the generated sections of the README are written anew.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private final MarkdownDocument readme = document("README.md");

	@Test
	void generatedSectionsSayWhatTheCodeSays() throws IOException {
		GeneratedSections.verify(this.readme, ReadmeSections.all(badSettings()));
	}

	@Test
	void everyKeyOfTheSettingsIsKnownAndEveryValueIsValid() throws IOException {
		List<ErrorHandlingProperties> all = new ArrayList<>();
		List<Waiver> waivers = new ArrayList<>();
		for (String block : blocks()) {
			StrictYaml yaml = StrictYaml.of(block);
			List<ErrorHandlingProperties> entries = new ArrayList<>(yaml.topics().values());
			entries.addAll(yaml.listeners().values());
			ErrorHandlingProperties defaults = yaml.listeners()
				.getOrDefault(ErrorHandlingSource.DEFAULT, ErrorHandlingProperties.NONE);
			assertThat(entries).allSatisfy((entry) -> ErrorHandlingSettings.of(List.of(entry, defaults)));
			all.addAll(entries);
			waivers.addAll(yaml.waivers());
			assertThatNoException().isThrownBy(yaml::kafka);
			assertThat(KnownProperties.names()).containsAll(yaml.others());
		}
		assertThat(all).isNotEmpty();
		assertThat(waivers).isNotEmpty();
	}

	@Test
	void settingsNameRulesThatExist() throws IOException {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());
		List<String> ids = new ArrayList<>();
		for (String block : blocks()) {
			ids.addAll(StrictYaml.of(block).rules());
		}
		assertThat(ids).isNotEmpty().isSubsetOf(catalogue.ids());
	}

	@Test
	void everySettingHasAnExample() throws IOException {
		List<ConfigurationPropertyName> shown = new ArrayList<>();
		for (String block : blocks()) {
			shown.addAll(StrictYaml.of(block).names());
		}
		List<ConfigurationPropertyName> settings = KnownProperties.ofThisModule()
			.stream()
			.map((property) -> ConfigurationPropertyName.of(property.name()))
			.filter(ConfigurationPropertyName.of("kafka.guardrails")::isAncestorOf)
			.toList();
		assertThat(settings).isNotEmpty()
			.allSatisfy((setting) -> assertThat(shown)
				.anyMatch((name) -> name.equals(setting) || setting.isAncestorOf(name)));
		assertThat(keys(this.readme.section("listener-settings"))).isNotEmpty()
			.allSatisfy((key) -> assertThat(shown)
				.anyMatch((name) -> name.toString().replaceAll("\\[\\d+]$", "").endsWith("." + key)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "CONTRIBUTING.md" })
	void linksLeadSomewhere(String name) throws IOException {
		assumeThat(GeneratedSections.updating()).isFalse();
		assertThat(document(name).relativeLinks()).isNotEmpty();
		assertThat(document(name).brokenLinks()).isEmpty();
	}

	/** The build reads the command that runs the tests out of the README. */
	@Test
	void commandsCanBeCopied() {
		assertThat(this.readme.blocks("shell")).hasSize(2)
			.anySatisfy((block) -> assertThat(block).isEqualTo("mvn -B verify\n"))
			.allSatisfy((block) -> assertThat(block).startsWith("mvn ").doesNotContain("#").hasLineCount(1));
	}

	@Test
	void theDependencyIsTheStarter() throws IOException {
		String pom = Files.readString(ROOT.resolve("starter/pom.xml"));
		String group = element("groupId", pom);
		String artifact = element("artifactId", pom.substring(pom.indexOf("</parent>")));
		String version = element("version", pom);
		assertThat(this.readme.blocks("xml")).singleElement()
			.satisfies((block) -> assertThat(block).contains("<groupId>" + group + "</groupId>",
					"<artifactId>" + artifact + "</artifactId>", "<version>" + version + "</version>"));
		assertThat(this.readme.blocks("kotlin")).singleElement()
			.satisfies((block) -> assertThat(block).contains(group + ":" + artifact + ":" + version));
	}

	@Test
	void thePlatformIsTheOneThatTheTestsRunOn() {
		assertThat(this.readme.text()).contains("Spring Boot " + minor(SpringBootVersion.getVersion()),
				"Spring Kafka " + minor(KafkaTemplate.class.getPackage().getImplementationVersion()),
				"kafka-clients " + minor(AppInfoParser.getVersion()));
	}

	/** What stands in the first column of a table. */
	private static List<String> keys(String table) {
		return Pattern.compile("(?m)^\\| `([^`]+)`").matcher(table).results().map((row) -> row.group(1)).toList();
	}

	private List<String> blocks() {
		List<String> blocks = new ArrayList<>(this.readme.blocks("yaml"));
		List<String> orderedRetry = document("autoconfigure/ORDERED-RETRY.md").blocks("yaml");
		assertThat(blocks).isNotEmpty();
		assertThat(orderedRetry).isNotEmpty();
		blocks.addAll(orderedRetry);
		return blocks;
	}

	/** The first block that has something to say about a producer. */
	private String badSettings() {
		return blocks().stream().filter((block) -> block.contains("producer:")).findFirst().orElseThrow();
	}

	private static MarkdownDocument document(String name) {
		try {
			return MarkdownDocument.read(ROOT.resolve(name));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String element(String name, String xml) {
		return xml.replaceAll("(?s).*?<" + name + ">([^<]+)</.*", "$1");
	}

	private static String minor(String version) {
		return version.replaceAll("^(\\d+\\.\\d+)\\..*", "$1");
	}

}
