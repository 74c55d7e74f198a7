package io.github.kafkaguardrails.setup;

import java.util.Map;
import java.util.Set;

/**
 * A consumer group as the cluster has it.
 *
 * @param id group id
 * @param committed committed offsets by topic and partition; a partition without a
 * committed offset is not in it
 * @param operations what the application may do with it, names of {@code AclOperation};
 * not known when the cluster authorizes nobody
 * @since 0.1.0
 */
public record GroupSetup(String id, Reading<Map<String, Map<Integer, Long>>> committed,
		Reading<Set<String>> operations) {

	public Subject subject() {
		return new Subject(Subject.Kind.GROUP, this.id);
	}

}
