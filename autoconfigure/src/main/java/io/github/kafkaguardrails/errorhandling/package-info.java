/**
 * What happens to a record that a listener cannot process: the contracts of retry
 * strategies and endings, the settings, and the engine that runs them inside the
 * container.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling;

import org.jspecify.annotations.NullMarked;
