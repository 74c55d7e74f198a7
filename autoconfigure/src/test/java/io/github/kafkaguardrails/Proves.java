package io.github.kafkaguardrails;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an integration test that shows the harm of a pitfall on a real broker, and that
 * the fix prevents it. The rule reference names the test.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {

	/** Id of the rule that finds the pitfall. */
	String value();

}
