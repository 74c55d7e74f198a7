package io.github.kafkaguardrails.pitfall;

/**
 * Where the rules are described: what is flagged, why it hurts, a wrong and a right
 * configuration, when it is legitimate.
 *
 * @since 0.1.0
 */
public final class RuleReference {

	/** The page that describes all rules of Kafka Guardrails. */
	public static final String PAGE = "https://github.com/kafka-guardrails/kafka-guardrails/blob/main/autoconfigure/RULES.md";

	private RuleReference() {
	}

	/**
	 * The link to the entry of a rule. Rules that an application contributes have none.
	 * @param id id of a rule of Kafka Guardrails
	 */
	public static String link(String id) {
		return PAGE + "#" + id;
	}

}
