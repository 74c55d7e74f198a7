/**
 * Ordered retry: a failing record leaves its partition, later records of its key wait
 * behind it, every other key goes on.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.orderedretry;

import org.jspecify.annotations.NullMarked;
