package io.github.kafkaguardrails.setup;

import org.jspecify.annotations.Nullable;

/**
 * The signature of a listener method, as far as it decides how a container behaves.
 *
 * @param className class that declares the method
 * @param methodName name of the method
 * @param acknowledgment the {@code Acknowledgment} parameter, of a share group's listener
 * the {@code ShareAcknowledgment} parameter
 * @param consumerParameter whether the method takes the {@code Consumer}
 * @param returnKind what the method returns
 * @param returnType class name of the return type
 * @param async whether {@code @Async} applies to the method and asynchronous execution is
 * enabled
 * @param payloadType class name of the payload parameter, or {@code null} when it cannot
 * be told
 * @param nullPayload whether the method can be called for a record without a value
 * @since 0.1.0
 */
public record ListenerMethod(String className, String methodName, AcknowledgmentParameter acknowledgment,
		boolean consumerParameter, ReturnKind returnKind, String returnType, boolean async,
		@Nullable String payloadType, boolean nullPayload) {

	/** A method that needs a value. */
	public ListenerMethod(String className, String methodName, AcknowledgmentParameter acknowledgment,
			boolean consumerParameter, ReturnKind returnKind, String returnType, boolean async,
			@Nullable String payloadType) {
		this(className, methodName, acknowledgment, consumerParameter, returnKind, returnType, async, payloadType,
				false);
	}

	/** The method in the form {@code com.example.Orders#handle}. */
	public String name() {
		return this.className + "#" + this.methodName;
	}

	/** Whether the method asks for an {@code Acknowledgment}, and how strictly. */
	public enum AcknowledgmentParameter {

		/** No such parameter, and no other way to get an acknowledgment. */
		NONE,

		/**
		 * No parameter that must be there, but the headers may hold one: the method takes
		 * a {@code Message}, {@code MessageHeaders}, {@code @Headers} or a
		 * {@code @Header} that is not required.
		 */
		HEADERS,

		/** Present; {@code null} is allowed or nothing is said about it. */
		NULLABLE,

		/** Present and declared to be never {@code null}. */
		NON_NULL

	}

	/** What a listener method returns. */
	public enum ReturnKind {

		/** {@code void} or a plain value. */
		SYNCHRONOUS,

		/** {@code CompletableFuture}, {@code Mono} or a suspending function. */
		ASYNCHRONOUS,

		/** A reactive publisher that Spring Kafka does not subscribe to. */
		UNSUBSCRIBED_PUBLISHER

	}

}
