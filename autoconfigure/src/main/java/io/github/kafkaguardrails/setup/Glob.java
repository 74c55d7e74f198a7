package io.github.kafkaguardrails.setup;

import java.util.regex.Pattern;

/**
 * A name pattern with {@code *} for any text and {@code ?} for one character; everything
 * else stands for itself. Immutable.
 *
 * @since 0.1.0
 */
public final class Glob {

	private final String glob;

	private final Pattern pattern;

	public Glob(String glob) {
		this.glob = glob;
		StringBuilder regex = new StringBuilder();
		for (int i = 0; i < glob.length(); i++) {
			char character = glob.charAt(i);
			switch (character) {
				case '*' -> regex.append(".*");
				case '?' -> regex.append('.');
				default -> regex.append(Pattern.quote(String.valueOf(character)));
			}
		}
		this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
	}

	/** Whether the whole name matches. */
	public boolean matches(String name) {
		return this.pattern.matcher(name).matches();
	}

	@Override
	public String toString() {
		return this.glob;
	}

}
