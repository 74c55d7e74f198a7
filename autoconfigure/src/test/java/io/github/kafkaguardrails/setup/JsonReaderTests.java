package io.github.kafkaguardrails.setup;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link JsonReader}. */
class JsonReaderTests {

	@Test
	void readsNestedValues() {
		assertThat(JsonReader.read(" { \"a\" : [ 1 , true,false, null , \"x\" ], \"b\":{}, \"c\":[] , \"d\": -1.5e3} "))
			.isEqualTo(Map.of("a", Arrays.asList("1", true, false, null, "x"), "b", Map.of(), "c", List.of(), "d",
					"-1.5e3"));
	}

	@Test
	void readsTextWithEscapesAndBrackets() {
		assertThat(JsonReader.read("\"a \\\"b\\\" \\\\ \\/ \\n\\t\\r\\b\\f \\u00e9, {c} [d]\""))
			.isEqualTo("a \"b\" \\ / \n\t\r\b\f \u00e9, {c} [d]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[1", "{\"a\"", "{\"a\" 1}", "{\"a\":}", "{a:1}", "[1 2]", "\"a", "\"\\u00",
			"\"\\uzzzz\"", "[,]" })
	void refusesWhatIsNoJson(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read(text));
	}

}
