/**
 * The file that holds the baseline: reading, writing, and what is wrong with it.
 */
@NullMarked
package io.github.kafkaguardrails.pitfall.baseline;

import org.jspecify.annotations.NullMarked;
