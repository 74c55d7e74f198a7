package io.github.kafkaguardrails.pitfall.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Pitfall;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the rules with the list of those that there are to be. */
class CatalogueIdsTests {

	/** What is about Kafka Guardrails itself is not on the list. */
	private static final String OWN = "guardrails-";

	private final Map<String, String> priorities = lines("/catalogue-ids.txt").stream()
		.map((line) -> line.split(" ", -1))
		.collect(Collectors.toMap((words) -> words[1], (words) -> words[0]));

	private final Set<String> rules = RulesTests.rules()
		.stream()
		.map((rule) -> rule.getClass().getAnnotation(Pitfall.class).id())
		.collect(Collectors.toCollection(TreeSet::new));

	@Test
	void theListIsComplete() {
		Map<String, Long> counts = this.priorities.values()
			.stream()
			.collect(Collectors.groupingBy((priority) -> priority, Collectors.counting()));
		assertThat(counts).isEqualTo(Map.of("P1", 54L, "P2", 67L, "P3", 24L));
	}

	@Test
	void everyRuleOfTheFirstTwoPrioritiesExists() {
		Set<String> required = new TreeSet<>(this.priorities.keySet());
		required.removeIf((id) -> "P3".equals(this.priorities.get(id)));
		assertThat(required).isNotEmpty();
		assertThat(this.rules).containsAll(required);
	}

	@Test
	void everyRuleIsOnTheList() {
		assertThat(this.rules).hasSizeGreaterThan(30).allSatisfy((id) -> {
			if (!id.startsWith(OWN)) {
				assertThat(this.priorities).containsKey(id);
			}
		});
	}

	private static List<String> lines(String resource) {
		try (InputStream input = CatalogueIdsTests.class.getResourceAsStream(resource)) {
			return new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
