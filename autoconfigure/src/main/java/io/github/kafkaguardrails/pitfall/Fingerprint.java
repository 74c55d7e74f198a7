package io.github.kafkaguardrails.pitfall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

import io.github.kafkaguardrails.setup.ConfigValue;

/**
 * A short text that tells whether a finding is the same as in an earlier run. It stands
 * for the values that prove the finding, not for the lines they are written in; it is
 * made of what may be shown, so that nobody can guess a secret from it.
 */
final class Fingerprint {

	/** Form of a fingerprint. */
	static final String FORM = "[0-9a-f]{16}";

	private static final int BYTES = 8;

	private Fingerprint() {
	}

	/**
	 * The fingerprint of a finding about any subject.
	 * @param evidence the values that prove it
	 * @param harm what happens; counts only where no value proves the finding, because
	 * its words may change
	 */
	static String of(List<ConfigValue> evidence, String harm) {
		return of(evidence.isEmpty() ? List.of(harm)
				: evidence.stream().map((value) -> value.key() + "=" + value.text()).sorted().toList());
	}

	/** The fingerprint of some texts in their order. */
	static String of(Collection<String> texts) {
		byte[] digest = sha256().digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(digest, 0, BYTES);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
