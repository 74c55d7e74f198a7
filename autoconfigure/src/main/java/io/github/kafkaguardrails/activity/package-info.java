/**
 * Observes clients, containers and templates while the application is running.
 */
@NullMarked
package io.github.kafkaguardrails.activity;

import org.jspecify.annotations.NullMarked;
