/**
 * Blocking retry: the record is delivered again in its place.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.blockingretry;

import org.jspecify.annotations.NullMarked;
