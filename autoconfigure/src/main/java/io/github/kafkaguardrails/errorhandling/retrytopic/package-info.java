/**
 * Retry topics: the record is delivered again later, the records behind it go on.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.retrytopic;

import org.jspecify.annotations.NullMarked;
