package io.github.kafkaguardrails.pitfall.rules;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Checks that hold for every rule. */
class RulesTests {

	private static final Class<?> EXAMPLE = ProducerAcksNotAll.class;

	private static final Path FOLDER = Path.of(EXAMPLE.getPackageName().replace('.', '/'));

	private static final Path MAIN = Path.of("src/main/java").resolve(FOLDER);

	private static final Path TESTS = Path.of("src/test/java").resolve(FOLDER);

	static List<PitfallRule> rules() {
		return Stream.of(PitfallRule.class, StartupPitfallRule.class)
			.<PitfallRule>flatMap((type) -> ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get))
			.toList();
	}

	@Test
	void everyRuleOnDiskIsFoundAndEverythingElseIsHidden() throws Exception {
		Set<Class<?>> found = rules().stream().map(PitfallRule::getClass).collect(Collectors.toSet());
		assertThat(found).contains(EXAMPLE).hasSizeGreaterThan(10);
		Set<Class<?>> visible = classesOnDisk().stream()
			.filter((type) -> PitfallRule.class.isAssignableFrom(type) || Modifier.isPublic(type.getModifiers()))
			.collect(Collectors.toSet());
		assertThat(visible).isEqualTo(found);
	}

	@Test
	void idsAreUniqueEarlierIdsIncluded() {
		List<String> ids = rules().stream()
			.map(RulesTests::pitfall)
			.flatMap((pitfall) -> Stream.concat(Stream.of(pitfall.id()), Arrays.stream(pitfall.aliases())))
			.toList();
		assertThat(ids).isNotEmpty().doesNotHaveDuplicates().doesNotContain(PitfallCatalogue.EXPIRED_WAIVER);
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theIdIsTheNameOfTheClass(PitfallRule rule) {
		String id = pitfall(rule).id();
		assertThat(id).matches("[a-z]+[0-9]?(-[a-z]+[0-9]?)+");
		assertThat(Arrays.stream(id.split("-"))
			.map((word) -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
			.collect(Collectors.joining())).isEqualTo(rule.getClass().getSimpleName());
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theIdentityCardIsFilledIn(PitfallRule rule) {
		Pitfall pitfall = pitfall(rule);
		assertThat(pitfall.title()).isNotBlank().doesNotEndWith(".");
		assertThat(pitfall.why()).isNotBlank();
		assertThat(pitfall.remedy()).isNotBlank();
		assertThat(pitfall.since()).matches("\\d+\\.\\d+\\.\\d+");
	}

	/** Before an application starts, only rules that can find errors run. */
	@ParameterizedTest
	@MethodSource("rules")
	void theWorstSeverityIsOnTheIdentityCard(PitfallRule rule) throws IOException {
		String source = Files.readString(MAIN.resolve(rule.getClass().getSimpleName() + ".java"));
		boolean findsErrors = source.contains("Severity.ERROR") || source.contains("TransactionTimeouts.");
		Pitfall pitfall = pitfall(rule);
		assertThat(pitfall.severity() == Severity.ERROR).isEqualTo(findsErrors);
		assertThat(rule instanceof StartupPitfallRule)
			.isEqualTo(findsErrors && pitfall.scope() == PitfallScope.CONFIGURATION);
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theJavadocHasItsFiveParts(PitfallRule rule) throws IOException {
		String source = Files.readString(MAIN.resolve(rule.getClass().getSimpleName() + ".java"));
		String javadoc = source.substring(source.indexOf("/**"), source.indexOf("@Pitfall("))
			.replaceAll("\\s*\\n \\* ?", " ");
		assertThat(javadoc).containsSubsequence("Why it hurts:", "Wrong:", "Right:", "Legitimate", "@since ",
				"@see <a href=");
	}

	@ParameterizedTest
	@MethodSource("rules")
	void thereIsATestClass(PitfallRule rule) {
		assertThat(TESTS.resolve(rule.getClass().getSimpleName() + "Tests.java")).isRegularFile();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void nothingIsWrongWithAnApplicationWithoutKafkaClients(PitfallRule rule) {
		assertThat(rule.check(application().build())).isEqualTo(List.<Finding>of());
	}

	private static Pitfall pitfall(PitfallRule rule) {
		return Objects.requireNonNull(rule.getClass().getAnnotation(Pitfall.class));
	}

	private static List<Class<?>> classesOnDisk() throws IOException, ClassNotFoundException {
		try (Stream<Path> files = Files.list(MAIN)) {
			List<String> names = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java") && !name.equals("package-info.java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.toList();
			assertThat(names).contains(EXAMPLE.getSimpleName());
			List<Class<?>> types = new ArrayList<>();
			for (String name : names) {
				types.add(Class.forName(EXAMPLE.getPackageName() + "." + name));
			}
			return types;
		}
	}

}
