package io.github.kafkaguardrails.errorhandling;

/**
 * What a way of handling failing records keeps.
 *
 * @since 0.1.0
 */
public enum Guarantee {

	/** Every record ends processed or in a topic where it can be found. */
	NO_LOSS("No record is lost"),

	/** Records of a partition are processed in their order. */
	ORDER_PER_PARTITION("Order of the partition"),

	/** Records of a key are processed in their order. */
	ORDER_PER_KEY("Order per key"),

	/** Records behind the failing one do not wait for it. */
	NO_BLOCKING("Followers do not wait");

	private final String text;

	Guarantee(String text) {
		this.text = text;
	}

	/** The guarantee in words. */
	public String text() {
		return this.text;
	}

}
