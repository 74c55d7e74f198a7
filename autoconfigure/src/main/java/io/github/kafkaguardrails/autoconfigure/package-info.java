/**
 * Wiring only: auto-configurations and the settings that they bind.
 */
@NullMarked
package io.github.kafkaguardrails.autoconfigure;

import org.jspecify.annotations.NullMarked;
