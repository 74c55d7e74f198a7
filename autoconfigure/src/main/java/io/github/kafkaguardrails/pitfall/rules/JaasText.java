package io.github.kafkaguardrails.pitfall.rules;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What {@code sasl.jaas.config} says, read as the client reads it. It holds no value of
 * any option, because these are secrets.
 *
 * @param problem why the client cannot read it, ready to follow "it", or {@code null}
 * when it can
 * @param module class of the login module, empty when it is not known
 * @param options names of the options
 */
record JaasText(@Nullable String problem, String module, Set<String> options) {

	private static final Set<String> FLAGS = Set.of("REQUIRED", "REQUISITE", "SUFFICIENT", "OPTIONAL");

	static JaasText parse(String text) {
		try {
			return parse(tokens(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static StreamTokenizer tokens(String text) {
		StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
		tokens.slashSlashComments(true);
		tokens.slashStarComments(true);
		tokens.wordChars('-', '-');
		tokens.wordChars('_', '_');
		tokens.wordChars('$', '$');
		return tokens;
	}

	private static JaasText parse(StreamTokenizer tokens) throws IOException {
		List<JaasText> modules = new ArrayList<>();
		while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
			JaasText module = module(tokens);
			if (module.problem() != null) {
				return module;
			}
			modules.add(module);
		}
		if (modules.isEmpty()) {
			return broken("names no login module");
		}
		return (modules.size() == 1) ? modules.get(0)
				: broken("names " + modules.size() + " login modules, and one is allowed");
	}

	private static JaasText module(StreamTokenizer tokens) throws IOException {
		String module = tokens.sval;
		if (module == null) {
			return broken("does not begin with the class of a login module");
		}
		tokens.nextToken();
		if (tokens.sval == null || !FLAGS.contains(tokens.sval.toUpperCase(Locale.ROOT))) {
			return broken("has no control flag such as 'required' behind the login module");
		}
		Set<String> options = new HashSet<>();
		while (tokens.nextToken() != StreamTokenizer.TT_EOF && tokens.ttype != ';') {
			String option = tokens.sval;
			if (tokens.nextToken() != '=' || tokens.nextToken() == StreamTokenizer.TT_EOF || tokens.sval == null) {
				return broken("has an option without a value in quotes");
			}
			options.add(String.valueOf(option));
		}
		return (tokens.ttype == ';') ? new JaasText(null, module.trim(), Set.copyOf(options))
				: broken("does not end with a semicolon");
	}

	private static JaasText broken(String problem) {
		return new JaasText(problem, "", Set.of());
	}

}
