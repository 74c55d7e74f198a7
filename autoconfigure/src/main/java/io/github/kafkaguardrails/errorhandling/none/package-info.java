/**
 * No retry: the first failure is the last.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.none;

import org.jspecify.annotations.NullMarked;
