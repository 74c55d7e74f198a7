package io.github.kafkaguardrails.setup;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A fact that the cluster was asked for: either its answer or the reason why there is
 * none, for example a denied permission.
 *
 * @param <T> type of the answer
 * @param value the answer, or {@code null}
 * @param problem why there is no answer, ready to print, or {@code null} when there is
 * one
 * @since 0.1.0
 */
public record Reading<T>(@Nullable T value, @Nullable String problem) {

	public Reading {
		if ((value == null) == (problem == null)) {
			throw new IllegalArgumentException("Either 'value' or 'problem' must be null");
		}
	}

	public static <T> Reading<T> of(T value) {
		return new Reading<>(Objects.requireNonNull(value, "'value' must not be null"), null);
	}

	public static <T> Reading<T> unknown(String problem) {
		return new Reading<>(null, Objects.requireNonNull(problem, "'problem' must not be null"));
	}

	/** The answer; empty when it is not known. */
	public Optional<T> known() {
		return Optional.ofNullable(this.value);
	}

}
