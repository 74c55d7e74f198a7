package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * What the cluster shows about the topic patterns of listeners: retry and dead-letter
 * topics that a pattern matches together with the topic that their records come from.
 */
final class TopicPatternMatches {

	private static final Pattern SUFFIX = Pattern.compile("(?:[-._].*)?[-._](?:dlt|DLT|parked|retry(?:-\\d+)?)");

	private TopicPatternMatches() {
	}

	/** Findings about the listeners whose cluster has been read. */
	static Stream<Finding> findings(KafkaSetup setup) {
		return ListenerTopics.of(setup).filter((topics) -> !topics.named()).flatMap((topics) -> {
			String problem = topics.cluster().topicNames().problem();
			if (problem != null) {
				return Stream.of(Finding.unknown(topics.listener().subject(),
						"Which topics the pattern matches could not be read (" + problem + ")."));
			}
			Set<String> failed = failedRecordTopics(topics);
			return failed.isEmpty() ? Stream.empty() : Stream.of(finding(topics.listener(), failed));
		});
	}

	private static Set<String> failedRecordTopics(ListenerTopics topics) {
		Set<String> failed = new LinkedHashSet<>();
		for (String topic : topics.subscribed()) {
			topics.subscribed()
				.stream()
				.filter((other) -> other.startsWith(topic) && SUFFIX.matcher(other.substring(topic.length())).matches())
				.forEach(failed::add);
		}
		boolean filtered = topics.listener().errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS;
		if (!filtered) {
			Pattern pattern = Pattern.compile(Objects.requireNonNull(topics.listener().subscription().pattern()));
			List<String> sources = new ArrayList<>(topics.subscribed());
			sources.removeAll(failed);
			topics.deadLetters().forEach((source, deadLetter) -> {
				if (sources.contains(source) && pattern.matcher(deadLetter).matches()) {
					failed.add(deadLetter);
				}
			});
		}
		return failed;
	}

	private static Finding finding(ListenerSetup listener, Set<String> failed) {
		return Finding
			.of(listener.subject(),
					"The pattern also matches topics for failing records: the listener consumes them as if "
							+ "they were new, and what fails again goes to a dead-letter topic of a dead-letter topic.")
			.withEvidence(listener.fact("topicPattern", Objects.requireNonNull(listener.subscription().pattern())))
			.withEvidence(listener.fact("matches", String.join(", ", failed)))
			.withFix(Fix
				.action("write a pattern that ends with the names themselves: topicPattern = \"orders\\\\.[a-z]+\""));
	}

}
