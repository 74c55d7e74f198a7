package io.github.kafkaguardrails.pitfall;

/**
 * A rule that can find errors in the configuration, and therefore runs before the
 * application starts; its {@link Pitfall#severity()} is {@link Severity#ERROR}. It is
 * registered for {@link java.util.ServiceLoader} under this type. All other rules run
 * behind the start, unless a setting makes one of them an error.
 * <p>
 * What runs at every start uses loops where other rules use streams: the first run of
 * each lambda takes time, and the application waits for it.
 *
 * @since 0.1.0
 */
public interface StartupPitfallRule extends PitfallRule {

}
