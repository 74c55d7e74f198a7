package io.github.kafkaguardrails;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.RuleReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keeps the rule reference true. With {@code -Dreadme.update=true} it is written anew.
 */
class ReferenceTests {

	private static final String RULE = """
			/**
			 * Flags {@code acks=1}.
			 *
			 * <p>
			 * Why it hurts: it is
			 * lost.
			 *
			 * <p>
			 * Wrong: {@code 1}. Right: {@code listeners.<id>}.
			 *
			 * <p>
			 * Legitimate: never.
			 *
			 * @since 0.1.0
			 * @see <a href=
			 * "https://example.com">acks</a>
			 */
			class Rule {}
			""";

	private final MarkdownDocument page = document();

	@Test
	void theReferenceSaysWhatTheRulesSay() throws IOException {
		GeneratedSections.verify(this.page, RuleSections.all());
	}

	@Test
	void everythingThatCanBeFoundHasAnEntry() {
		assumeThat(GeneratedSections.updating()).isFalse();
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());
		assertThat(catalogue.pitfalls()).hasSizeGreaterThan(40).allSatisfy((pitfall) -> {
			assertThat(this.page.anchors()).contains(pitfall.id());
			assertThat(RuleReference.link(pitfall.id())).endsWith("/autoconfigure/RULES.md#" + pitfall.id());
		});
		assertThat(RuleSections.types()).hasSameSizeAs(catalogue.pitfalls());
	}

	@Test
	void linksLeadSomewhere() throws IOException {
		assumeThat(GeneratedSections.updating()).isFalse();
		assertThat(this.page.relativeLinks()).hasSizeGreaterThan(40);
		assertThat(this.page.brokenLinks()).isEmpty();
	}

	@Test
	void proofsAreIntegrationTestsOfRulesThatExist() {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());
		Map<String, List<Method>> proofs = RuleSections.proofs();
		assertThat(catalogue.ids()).containsAll(proofs.keySet());
		assertThat(proofs.values()).allSatisfy((methods) -> assertThat(methods).allSatisfy((method) -> {
			assertThat(method.getDeclaringClass().getSimpleName()).endsWith("IntegrationTests");
			assertThat(method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
				.isTrue();
		}));
	}

	@Test
	void readsThePartsOfAJavadoc() {
		assertThat(read(RULE)).isEqualTo(new RuleJavadoc("Flags `acks=1`.", "it is lost.", "`1`.", "`listeners.<id>`.",
				"never.", List.of("[acks](https://example.com)")));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Flags {@code acks=1}.", "Why it hurts:", "Wrong:", "Right:", "Legitimate:", "it is\n * lost.",
					"@see <a href=\n * \"https://example.com\">acks</a>", "href=\n * \"https://example.com\"" })
	void refusesAJavadocWithoutOneOfItsParts(String part) {
		assertThat(RULE).contains(part);
		assertThatIllegalStateException().isThrownBy(() -> read(RULE.replace(part, "")))
			.withMessageStartingWith("Expected ");
	}

	private static RuleJavadoc read(String source) {
		CompilationUnit unit = StaticJavaParser.parse(source);
		return RuleJavadoc.of(unit.getType(0).getJavadoc().orElseThrow());
	}

	private static MarkdownDocument document() {
		try {
			return MarkdownDocument.read(Path.of("RULES.md"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
