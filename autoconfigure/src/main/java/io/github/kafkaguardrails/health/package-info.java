/**
 * Health of the listeners, of the dead-letter topics and of the connection to the
 * cluster.
 */
@NullMarked
package io.github.kafkaguardrails.health;

import org.jspecify.annotations.NullMarked;
