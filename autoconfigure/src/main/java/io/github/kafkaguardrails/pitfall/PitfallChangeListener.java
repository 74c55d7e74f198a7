package io.github.kafkaguardrails.pitfall;

/**
 * Hears of violations that come and go while the application runs. It is called by the
 * thread that checks, after each check, changes or not; those found at start-up are not
 * told.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PitfallChangeListener {

	/** What the latest check has changed. */
	void checked(PitfallChange change);

}
