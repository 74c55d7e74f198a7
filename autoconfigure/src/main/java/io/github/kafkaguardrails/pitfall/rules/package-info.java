/**
 * One file per pitfall. A rule is a pure function: setup in, findings out.
 */
@NullMarked
package io.github.kafkaguardrails.pitfall.rules;

import org.jspecify.annotations.NullMarked;
