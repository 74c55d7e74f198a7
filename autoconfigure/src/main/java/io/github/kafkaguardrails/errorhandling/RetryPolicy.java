package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.converter.ConversionException;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.util.ClassUtils;

/**
 * Decides whether a failed record is tried again, and when. Immutable, safe for use by
 * several threads.
 *
 * <p>
 * An exception is judged by itself and its causes, the outermost match first: an
 * exception named as fatal, or one that Spring Kafka holds to be fatal
 * ({@code DefaultErrorHandler}: deserialization, conversion, argument resolution,
 * {@link NoSuchMethodException}, {@link ClassCastException}), is never tried again; if
 * retryable exceptions are named, only those are.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

	private static final List<Class<?>> SPRING_FATAL = List.of(DeserializationException.class,
			MessageConversionException.class, ConversionException.class, MethodArgumentResolutionException.class,
			NoSuchMethodException.class, ClassCastException.class);

	private static final int MAX_DEPTH = 50;

	private final ErrorHandlingSettings settings;

	private final List<Class<?>> fatal;

	private final List<Class<?>> retryable;

	private final DoubleSupplier random;

	/**
	 * A policy.
	 * @param settings attempts, pauses and exception classes; a class that cannot be
	 * loaded never matches (a finding reports it)
	 * @param classLoader class loader of the application
	 * @param random gives numbers from 0 to 1 for the jitter
	 */
	public RetryPolicy(ErrorHandlingSettings settings, @Nullable ClassLoader classLoader, DoubleSupplier random) {
		this.settings = settings;
		this.fatal = new ArrayList<>(SPRING_FATAL);
		this.fatal.addAll(classes(settings.fatal(), classLoader));
		this.retryable = classes(settings.retryable(), classLoader);
		this.random = random;
	}

	private static List<Class<?>> classes(List<String> names, @Nullable ClassLoader classLoader) {
		List<Class<?>> classes = new ArrayList<>();
		for (String name : names) {
			if (ClassUtils.isPresent(name, classLoader)) {
				classes.add(ClassUtils.resolveClassName(name, classLoader));
			}
		}
		return classes;
	}

	/** Deliveries in all, the first included. */
	public int maxAttempts() {
		return (this.settings.mode() == RetryMode.NONE) ? 1 : this.settings.maxAttempts();
	}

	/**
	 * Whether the record is to be delivered again.
	 * @param attempts deliveries so far
	 * @param failure what the last delivery threw
	 */
	public boolean retries(int attempts, Throwable failure) {
		return attempts < maxAttempts() && retryable(failure);
	}

	private boolean retryable(Throwable failure) {
		boolean named = this.retryable.isEmpty();
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (matches(this.fatal, cause)) {
				return false;
			}
			named = named || matches(this.retryable, cause);
			cause = cause.getCause();
		}
		return named;
	}

	private static boolean matches(List<Class<?>> classes, Throwable failure) {
		for (Class<?> type : classes) {
			if (type.isInstance(failure)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The pause after an attempt.
	 * @param attempts deliveries so far, at least 1
	 */
	public Duration pauseAfter(int attempts) {
		double spread = this.settings.jitter() * (2 * this.random.getAsDouble() - 1);
		return atMostLongest((double) basePauseAfter(attempts).toMillis() * (1 + spread));
	}

	/**
	 * The pause after an attempt without jitter.
	 * @param attempts deliveries so far, at least 1
	 */
	public Duration basePauseAfter(int attempts) {
		return atMostLongest((double) this.settings.initialInterval().toMillis()
				* Math.pow(this.settings.multiplier(), (double) attempts - 1));
	}

	/**
	 * The different pauses without jitter, shortest first. The last one is that of all
	 * further attempts, however many there are.
	 */
	public List<Duration> basePauses() {
		List<Duration> pauses = new ArrayList<>();
		for (int attempt = 1; attempt < maxAttempts(); attempt++) {
			Duration pause = basePauseAfter(attempt);
			if (pauses.isEmpty() || !pause.equals(pauses.get(pauses.size() - 1))) {
				pauses.add(pause);
			}
			if (!grows(pause)) {
				break;
			}
		}
		return pauses;
	}

	/** The sum of all pauses without jitter. */
	public Duration totalBasePause() {
		Duration total = Duration.ZERO;
		for (int attempt = 1; attempt < maxAttempts(); attempt++) {
			Duration pause = basePauseAfter(attempt);
			if (!grows(pause)) {
				return total.plus(pause.multipliedBy(maxAttempts() - attempt));
			}
			total = total.plus(pause);
		}
		return total;
	}

	private boolean grows(Duration pause) {
		return this.settings.multiplier() > 1 && !pause.isZero() && pause.compareTo(this.settings.maxInterval()) < 0;
	}

	private Duration atMostLongest(double millis) {
		return Duration.ofMillis(Math.round(Math.min(millis, (double) this.settings.maxInterval().toMillis())));
	}

}
