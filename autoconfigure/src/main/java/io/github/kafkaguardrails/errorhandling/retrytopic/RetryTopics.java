package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

/**
 * The retry topics of a listener: one for each distinct pause, because records leave a
 * topic in the order in which they came. The last pauses are equal once they have reached
 * the longest one, and share a topic.
 */
final class RetryTopics {

	private static final String NAME = "{topic}-{group}-retry-";

	private final List<Duration> pauses;

	RetryTopics(RetryPolicy policy) {
		this.pauses = policy.basePauses();
	}

	/** The templates of all retry topics, shortest pause first. */
	List<TopicTemplate> templates() {
		List<TopicTemplate> templates = new ArrayList<>();
		for (int i = 0; i < this.pauses.size(); i++) {
			templates.add(new TopicTemplate(NAME + i));
		}
		return templates;
	}

	/** The template of the topic that a record goes to after an attempt. */
	TopicTemplate after(int attempts) {
		return new TopicTemplate(NAME + (Math.min(attempts, this.pauses.size()) - 1));
	}

	/** The shortest pause. */
	Duration shortest() {
		return this.pauses.get(0);
	}

	/** A pattern of all retry topics of the topics that match a pattern. */
	Pattern pattern(Pattern source, String group) {
		String suffix = new TopicTemplate("-{group}-retry-").name("", group);
		return Pattern.compile("(?:" + source.pattern() + ")" + Pattern.quote(suffix) + "[0-9]+");
	}

}
