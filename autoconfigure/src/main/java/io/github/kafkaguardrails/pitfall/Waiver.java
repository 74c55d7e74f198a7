package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.Glob;
import io.github.kafkaguardrails.setup.Subject;

/**
 * A finding that the team has accepted.
 *
 * @param rule Id of the rule whose findings are accepted
 * @param where Glob on the name of the subject: topic, client, listener id, bean
 * @param reason Reason why the finding is accepted, for the next reader
 * @param until Last day on which the waiver holds
 * @since 0.1.0
 */
public record Waiver(String rule, @Nullable String where, String reason, @Nullable LocalDate until) {

	public Waiver {
		if (rule == null || rule.isBlank()) {
			throw new IllegalArgumentException("kafka.guardrails.waivers: 'rule' must name the rule that is waived");
		}
		if (reason == null || reason.isBlank()) {
			throw new IllegalArgumentException(
					"kafka.guardrails.waivers: the waiver of '" + rule + "' needs a 'reason'");
		}
		where = (where == null || where.isBlank()) ? "*" : where;
	}

	/** Whether the waiver is over on this day. */
	boolean expired(LocalDate today) {
		return this.until != null && today.isAfter(this.until);
	}

	/** Whether the waiver is about this subject. */
	boolean covers(Subject subject) {
		return this.where == null || new Glob(this.where).matches(subject.name());
	}

}
