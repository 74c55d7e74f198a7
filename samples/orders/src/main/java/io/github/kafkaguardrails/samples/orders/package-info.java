/**
 * A small web application that pays and ships orders: its listeners know nothing of
 * retries and dead letters, {@code application.yml} does.
 */
@NullMarked
package io.github.kafkaguardrails.samples.orders;

import org.jspecify.annotations.NullMarked;
