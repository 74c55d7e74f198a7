package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that a tool has written. Spring Boot's own choice of a parser depends on the
 * class path: Jackson takes longer to load than everything else that is read at start-up,
 * and without any library the parser loses most of a file.
 */
final class JsonReader {

	private final String text;

	private int position;

	private JsonReader(String text) {
		this.text = text;
	}

	/**
	 * The value of a text: a map, a list, a text, a flag or {@code null}. A number is its
	 * text, nobody here calculates.
	 * @param text the JSON
	 * @return the value
	 * @throws IllegalArgumentException if the text is no JSON
	 */
	static @Nullable Object read(String text) {
		JsonReader reader = new JsonReader(text);
		try {
			return reader.value();
		}
		catch (IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("The JSON ends too early", ex);
		}
	}

	private @Nullable Object value() {
		return switch (next()) {
			case '{' -> object();
			case '[' -> array();
			case '"' -> string();
			default -> literal();
		};
	}

	private Map<String, @Nullable Object> object() {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		this.position++;
		while (next() != '}') {
			String name = string();
			expect(':');
			members.put(name, value());
			separator('}');
		}
		this.position++;
		return members;
	}

	private List<@Nullable Object> array() {
		List<@Nullable Object> elements = new ArrayList<>();
		this.position++;
		while (next() != ']') {
			elements.add(value());
			separator(']');
		}
		this.position++;
		return elements;
	}

	private String string() {
		expect('"');
		StringBuilder string = new StringBuilder();
		int start = this.position;
		for (char c = current(); c != '"'; c = current()) {
			this.position++;
			if (c == '\\') {
				string.append(this.text, start, this.position - 1).append(escaped());
				start = this.position;
			}
		}
		return string.append(this.text, start, this.position++).toString();
	}

	private char escaped() {
		char c = current();
		this.position++;
		return switch (c) {
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'u' -> {
				this.position += 4;
				yield (char) Integer.parseInt(this.text, this.position - 4, this.position, 16);
			}
			default -> c;
		};
	}

	private @Nullable Object literal() {
		int start = this.position;
		while (this.position < this.text.length() && ",]}: \t\r\n\"".indexOf(current()) < 0) {
			this.position++;
		}
		String literal = this.text.substring(start, this.position);
		return switch (literal) {
			case "" -> throw new IllegalArgumentException("No value at " + start);
			case "null" -> null;
			case "true", "false" -> Boolean.valueOf(literal);
			default -> literal;
		};
	}

	private void separator(char end) {
		if (next() != end) {
			expect(',');
		}
	}

	private void expect(char expected) {
		if (next() != expected) {
			throw new IllegalArgumentException("No " + expected + " at " + this.position);
		}
		this.position++;
	}

	/** The next character that is no white space; it stays the next one. */
	private char next() {
		while (Character.isWhitespace(current())) {
			this.position++;
		}
		return current();
	}

	private char current() {
		return this.text.charAt(this.position);
	}

}
