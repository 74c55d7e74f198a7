package io.github.kafkaguardrails.pitfall.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that somebody meant. */
final class Spelling {

	private static final int SHORT_NAME = 12;

	private Spelling() {
	}

	/**
	 * The name that differs by at most two typing errors, one when the wrong name is
	 * short; empty when there is none or more than one.
	 */
	static Optional<String> onlyNear(String name, Collection<String> candidates) {
		return onlyNear(name, candidates, name.length());
	}

	/**
	 * The same for names of which only a part can have errors.
	 * @param length length of the part
	 */
	static Optional<String> onlyNear(String name, Collection<String> candidates, int length) {
		int errors = (length < SHORT_NAME) ? 1 : 2;
		List<String> near = candidates.stream()
			.filter((candidate) -> distance(name, candidate, errors) <= errors)
			.toList();
		return (near.size() == 1) ? Optional.of(near.get(0)) : Optional.empty();
	}

	/**
	 * The nearest name, for a wrong name that is an error anyway: the one that differs
	 * least, by a third of its letters at most, else the only one that contains it.
	 */
	static Optional<String> nearest(String name, Collection<String> candidates) {
		int errors = Math.max(2, name.length() / 3);
		Optional<String> nearest = candidates.stream()
			.sorted()
			.min(Comparator.comparingInt((candidate) -> distance(name, candidate, errors)))
			.filter((candidate) -> distance(name, candidate, errors) <= errors);
		if (nearest.isPresent()) {
			return nearest;
		}
		List<String> containing = candidates.stream().filter((candidate) -> candidate.contains(name)).toList();
		return (containing.size() == 1) ? Optional.of(containing.get(0)) : Optional.empty();
	}

	/**
	 * Number of letters inserted, deleted, replaced or swapped with their neighbour
	 * (optimal string alignment); any number above the limit when it is above the limit.
	 */
	static int distance(String left, String right, int limit) {
		if (Math.abs(left.length() - right.length()) > limit) {
			return limit + 1;
		}
		int[][] errors = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				errors[i][j] = (i == 0 || j == 0) ? i + j : errors(errors, left, right, i, j);
			}
		}
		return errors[left.length()][right.length()];
	}

	private static int errors(int[][] errors, String left, String right, int i, int j) {
		int replaced = (left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1;
		int least = Math.min(errors[i - 1][j - 1] + replaced, Math.min(errors[i - 1][j], errors[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
				&& left.charAt(i - 2) == right.charAt(j - 1);
		return swapped ? Math.min(least, errors[i - 2][j - 2] + 1) : least;
	}

}
