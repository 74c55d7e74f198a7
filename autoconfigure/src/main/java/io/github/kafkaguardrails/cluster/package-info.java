/**
 * Reads the clusters of an application into the picture: the questions that follow from
 * its wiring, and an admin client that asks them.
 */
@NullMarked
package io.github.kafkaguardrails.cluster;

import org.jspecify.annotations.NullMarked;
