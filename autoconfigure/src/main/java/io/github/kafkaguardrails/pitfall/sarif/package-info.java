/**
 * A report in the format of tools that collect findings, SARIF 2.1.0.
 */
@NullMarked
package io.github.kafkaguardrails.pitfall.sarif;

import org.jspecify.annotations.NullMarked;
