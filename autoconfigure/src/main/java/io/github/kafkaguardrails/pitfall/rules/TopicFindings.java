package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Findings about topics: one for each topic, so that each can be waived. Those with equal
 * values get equal words, so that the report shows them as one.
 */
final class TopicFindings {

	private TopicFindings() {
	}

	/**
	 * Findings of one kind.
	 * @param topics the topics that have the pitfall
	 * @param evidence the values that prove it
	 * @param fix the way to mend topics of these names together
	 */
	static Stream<Finding> of(List<TopicSetup> topics, Severity severity, String harm,
			Function<TopicSetup, List<ConfigValue>> evidence, Function<List<String>, Fix> fix) {
		Map<List<ConfigValue>, List<TopicSetup>> causes = new LinkedHashMap<>();
		topics.forEach((topic) -> causes.computeIfAbsent(evidence.apply(topic), (key) -> new ArrayList<>()).add(topic));
		return causes.entrySet().stream().flatMap((cause) -> {
			Fix common = fix.apply(cause.getValue().stream().map(TopicSetup::name).toList());
			return cause.getValue().stream().map((topic) -> {
				Finding finding = Finding.of(topic.subject(), harm).withSeverity(severity).withFix(common);
				for (ConfigValue value : cause.getKey()) {
					finding = finding.withEvidence(value);
				}
				return finding;
			});
		});
	}

	/** What cannot be said about topics whose configuration could not be read. */
	static Stream<Finding> unreadable(List<TopicSetup> topics) {
		return topics.stream()
			.filter((topic) -> topic.config().problem() != null)
			.map((topic) -> Finding.unknown(topic.subject(),
					"The configuration of the topic could not be read (" + topic.config().problem() + ")."));
	}

}
