/**
 * Topics that failing records go to: their names, their creation, and writing records to
 * them byte by byte. All of it uses clients of its own, made from the configuration of
 * the consumer that the records come from.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.topics;

import org.jspecify.annotations.NullMarked;
