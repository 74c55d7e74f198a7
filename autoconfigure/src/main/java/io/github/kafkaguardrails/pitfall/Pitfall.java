package io.github.kafkaguardrails.pitfall;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Identity card of a {@link PitfallRule}.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Pitfall {

	/**
	 * Kebab-case name that reads well after "allow …". It never changes: settings,
	 * waivers and dashboards refer to it.
	 */
	String id();

	/** One sentence that says what is wrong, without a full stop. */
	String title();

	/**
	 * Severity of a finding that states none itself. A rule with several severities names
	 * the worst here: before an application starts, only rules that can find errors run.
	 */
	Severity severity();

	/** Why it hurts: the harm, as an incident that someone would recognise. */
	String why();

	/** How to mend it, in one sentence or as a property to set. */
	String remedy();

	/** What the rule has to see. */
	PitfallScope scope() default PitfallScope.CONFIGURATION;

	/** Earlier ids that settings and waivers may still use. */
	String[] aliases() default {};

	/** Version that introduced the rule. */
	String since();

}
