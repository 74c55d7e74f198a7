/**
 * Kafka Guardrails: checks the Kafka configuration an application really runs with and
 * handles the records that fail.
 */
@NullMarked
package io.github.kafkaguardrails;

import org.jspecify.annotations.NullMarked;
