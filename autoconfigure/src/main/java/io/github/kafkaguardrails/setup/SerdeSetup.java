package io.github.kafkaguardrails.setup;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A key or value serializer or deserializer.
 *
 * @param className class of the (de)serializer that the client calls, the outermost one;
 * {@link #UNKNOWN_CLASS} when code supplies it in a way that does not tell, empty when
 * nothing is set
 * @param instance whether an object was given to the factory, so that the class in the
 * configuration does not count and the object's inner settings are unknown
 * @param errorHandling whether it is Spring Kafka's {@code ErrorHandlingDeserializer} (or
 * a subclass)
 * @param delegateClassName class that an {@code ErrorHandlingDeserializer} delegates to,
 * or {@code null} when there is none or it is not known
 * @param acceptsBytes for a serializer: whether it writes a {@code byte[]} unchanged, or
 * {@code null} when that is not known
 * @since 0.1.0
 */
public record SerdeSetup(String className, boolean instance, boolean errorHandling, @Nullable String delegateClassName,
		@Nullable Boolean acceptsBytes) {

	/** Class name of an object that nothing is known of. */
	public static final String UNKNOWN_CLASS = "unknown";

	public SerdeSetup {
		Objects.requireNonNull(className, "'className' must not be null");
	}

	/** A (de)serializer that is given by its class. */
	public static SerdeSetup ofClass(String className) {
		return new SerdeSetup(className, false, false, null, null);
	}

	/**
	 * The class that does the work: the delegate when it is known, else the class itself.
	 */
	public String effectiveClassName() {
		return (this.errorHandling && this.delegateClassName != null) ? this.delegateClassName : this.className;
	}

}
