/**
 * Measures what the starter costs: one command, one broker in a process of its own, and
 * ratios between contenders that take turns.
 */
@NullMarked
package io.github.kafkaguardrails.samples.benchmark;

import org.jspecify.annotations.NullMarked;
