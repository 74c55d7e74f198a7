package io.github.kafkaguardrails.setup;

/**
 * The thing that a statement is about, with a name that the user knows it by.
 *
 * @param kind what it is
 * @param name bean name, listener id, topic, or a description where there is no name
 * @since 0.1.0
 */
public record Subject(Kind kind, String name) {

	/** The application as a whole. */
	public static final Subject APPLICATION = new Subject(Kind.APPLICATION, "application");

	@Override
	public String toString() {
		return (this.kind == Kind.APPLICATION) ? this.name : this.kind.label + " '" + this.name + "'";
	}

	/** What a statement can be about. */
	public enum Kind {

		/** The application as a whole. */
		APPLICATION("application"),

		/** A producer factory or a template with its own configuration. */
		PRODUCER("producer"),

		/** A consumer factory. */
		CONSUMER("consumer"),

		/** A listener container. */
		LISTENER("listener"),

		/** An admin client. */
		ADMIN("admin"),

		/** A Kafka Streams application. */
		STREAMS("streams"),

		/** A topic. */
		TOPIC("topic"),

		/** A consumer group. */
		GROUP("group"),

		/** A Kafka cluster. */
		CLUSTER("cluster");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

	}

}
