package io.github.kafkaguardrails.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that an IDE has something to say about every property. */
class ConfigurationMetadataTests {

	private static final List<Map<String, Object>> PROPERTIES = properties();

	@Test
	void everyPropertyHasADescription() {
		assertThat(PROPERTIES).isNotEmpty()
			.allSatisfy((property) -> assertThat((String) property.get("description")).as("%s", property.get("name"))
				.isNotBlank());
	}

	@Test
	void descriptionsStartWithACapitalAndWithoutAnArticle() {
		assertThat(PROPERTIES).isNotEmpty()
			.allSatisfy((property) -> assertThat((String) property.get("description")).as("%s", property.get("name"))
				.matches("(?s)[A-Z].*")
				.doesNotMatch("(?s)(The|A|An) .*"));
	}

	/**
	 * The comment of a field ends with a full stop, that of a record's component without.
	 */
	@Test
	void descriptionsOfOneKindEndAlike() {
		assertThat(PROPERTIES).isNotEmpty()
			.allSatisfy((property) -> assertThat(String.valueOf(property.get("description")).endsWith("."))
				.as("%s", property.get("name"))
				.isEqualTo(String.valueOf(property.get("sourceType"))
					.startsWith(KafkaGuardrailsProperties.class.getName())));
	}

	@Test
	void descriptionsOfFlagsStartWithWhether() {
		assertThat(PROPERTIES).filteredOn((property) -> "java.lang.Boolean".equals(property.get("type")))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat((String) property.get("description")).as("%s", property.get("name"))
				.startsWith("Whether to "));
	}

	@Test
	void namesAreUnique() {
		assertThat(PROPERTIES).isNotEmpty().extracting("name").doesNotHaveDuplicates();
	}

	@Test
	void defaultsOfTheHealthCheckAreKnown() {
		assertThat(PROPERTIES)
			.filteredOn((property) -> "kafka.guardrails.health.broker.interval".equals(property.get("name")))
			.singleElement()
			.satisfies((property) -> assertThat(property).containsEntry("type", "java.time.Duration")
				.containsEntry("defaultValue", "30s"));
	}

	@Test
	void theSwitchOfTheHealthContributorIsKnown() {
		assertThat(PROPERTIES).extracting("name").contains("management.health.kafkaguardrails.enabled");
	}

	/** Our own properties, not those that Spring Boot derives from the endpoint. */
	private static List<Map<String, Object>> properties() {
		try (InputStream metadata = metadata().openStream()) {
			return JsonPath.parse(metadata).read("$.properties[?(@.name =~ /(?!management\\.endpoint\\.).*/)]");
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException("No configuration metadata", ex);
		}
	}

	/** The metadata of this module: other modules have files of that name, too. */
	private static URL metadata() throws IOException, URISyntaxException {
		URI classes = KafkaGuardrailsProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI();
		return classes.resolve("META-INF/spring-configuration-metadata.json").toURL();
	}

}
