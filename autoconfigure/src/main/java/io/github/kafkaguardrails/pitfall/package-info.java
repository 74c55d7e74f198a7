/**
 * The rule engine: a rule turns the picture into findings, the catalogue runs all rules,
 * the report says what was found.
 */
@NullMarked
package io.github.kafkaguardrails.pitfall;

import org.jspecify.annotations.NullMarked;
