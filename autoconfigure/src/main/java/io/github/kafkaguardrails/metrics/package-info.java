/**
 * Meters: what happens to failing records, and what the checks found.
 */
@NullMarked
package io.github.kafkaguardrails.metrics;

import org.jspecify.annotations.NullMarked;
