package io.github.kafkaguardrails.setup;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from, in words that lead a developer to it.
 *
 * @param kind what kind of place the value was set in
 * @param location the place, ready to print: {@code application.yml:12:13} (line and
 * column are 1-based), {@code environment variable SPRING_KAFKA_CLIENT_ID},
 * {@code bean 'ordersConsumerFactory'}, {@code Kafka client default}
 * @param property full name of the Spring property that set the value, or {@code null}
 * when no property did
 * @since 0.1.0
 */
public record ValueOrigin(Kind kind, String location, @Nullable String property) {

	private static final ValueOrigin CLIENT_DEFAULT = new ValueOrigin(Kind.CLIENT_DEFAULT, "Kafka client default",
			null);

	private static final ValueOrigin FRAMEWORK_DEFAULT = new ValueOrigin(Kind.FRAMEWORK_DEFAULT, "Spring default",
			null);

	private static final ValueOrigin SAFE_DEFAULT = new ValueOrigin(Kind.SAFE_DEFAULT,
			"Kafka Guardrails safe default (kafka.guardrails.safe-defaults)", null);

	private static final ValueOrigin BROKER_DEFAULT = new ValueOrigin(Kind.BROKER_DEFAULT, "broker default", null);

	private static final ValueOrigin OBSERVED = new ValueOrigin(Kind.OBSERVED, "observed while running", null);

	public ValueOrigin {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(location, "'location' must not be null");
	}

	/**
	 * A value of a Spring property.
	 * @param property full name of the property, in the spelling that the user wrote
	 * @param location where it stands
	 */
	public static ValueOrigin property(String property, String location) {
		return new ValueOrigin(Kind.PROPERTY, location, property);
	}

	/**
	 * A value that code put into a bean.
	 * @param place what holds it, for example {@code bean 'ordersFactory'}
	 */
	public static ValueOrigin code(String place) {
		return new ValueOrigin(Kind.CODE, "set in code by " + place, null);
	}

	/**
	 * A value of an annotation attribute.
	 * @param place the annotated element, for example
	 * {@code @KafkaListener on com.example.Orders#handle}
	 */
	public static ValueOrigin annotation(String place) {
		return new ValueOrigin(Kind.ANNOTATION, place, null);
	}

	/**
	 * A value that the cluster holds and that somebody set there.
	 * @param place what holds it, for example {@code topic 'orders'}
	 */
	public static ValueOrigin cluster(String place) {
		return new ValueOrigin(Kind.CLUSTER, place, null);
	}

	/** A value that nobody set in the cluster: the broker's default applies. */
	public static ValueOrigin brokerDefault() {
		return BROKER_DEFAULT;
	}

	/** A value that nobody set: the Kafka client's own default applies. */
	public static ValueOrigin clientDefault() {
		return CLIENT_DEFAULT;
	}

	/** A value that Spring Boot or Spring Kafka supplies when the user sets nothing. */
	public static ValueOrigin frameworkDefault() {
		return FRAMEWORK_DEFAULT;
	}

	/** A value that Kafka Guardrails supplied because the user set nothing. */
	public static ValueOrigin safeDefault() {
		return SAFE_DEFAULT;
	}

	/** A fact that was observed while the application was running. */
	public static ValueOrigin observed() {
		return OBSERVED;
	}

	/**
	 * Whether somebody chose the value: a property, code, an annotation or a setting in
	 * the cluster.
	 */
	public boolean explicit() {
		return switch (this.kind) {
			case PROPERTY, CODE, ANNOTATION, CLUSTER -> true;
			case SAFE_DEFAULT, FRAMEWORK_DEFAULT, CLIENT_DEFAULT, BROKER_DEFAULT, OBSERVED -> false;
		};
	}

	@Override
	public String toString() {
		return this.location;
	}

	/** The kinds of places that a value can come from. */
	public enum Kind {

		/** A Spring property: file, environment variable, system property, argument. */
		PROPERTY,

		/** Code that configured a bean. */
		CODE,

		/** An attribute of {@code @KafkaListener} or a similar annotation. */
		ANNOTATION,

		/** A setting of a topic or a broker. */
		CLUSTER,

		/** Supplied by Kafka Guardrails. */
		SAFE_DEFAULT,

		/** Supplied by Spring Boot or Spring Kafka. */
		FRAMEWORK_DEFAULT,

		/** Supplied by the Kafka client. */
		CLIENT_DEFAULT,

		/** Supplied by the broker. */
		BROKER_DEFAULT,

		/** Not set at all, but seen while the application was running. */
		OBSERVED

	}

}
