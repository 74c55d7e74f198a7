/**
 * Shows on a real broker that a pitfall does the harm that its rule warns of, and that
 * the fix takes it away.
 */
@NullMarked
package io.github.kafkaguardrails.proof;

import org.jspecify.annotations.NullMarked;
