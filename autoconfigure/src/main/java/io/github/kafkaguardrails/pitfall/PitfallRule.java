package io.github.kafkaguardrails.pitfall;

import java.util.List;

import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Looks for one pitfall. An implementation carries {@link Pitfall} and is found through
 * {@link java.util.ServiceLoader}; applications add rules of their own as beans.
 *
 * <p>
 * A rule is a pure function of the picture: no I/O, no Spring, no clock, no state, safe
 * for use by several threads. It only reports what it is sure of; what it cannot tell is
 * either no finding or {@link Finding#unknown}. A rule whose {@link Pitfall#scope()} is
 * {@link PitfallScope#CLUSTER} is only asked when the clusters have been read; for those
 * that did not answer there is nothing to do. One whose scope is
 * {@link PitfallScope#ACTIVITY} is only asked when the running application has been
 * observed. An exception is reported as "unknown" and never fails the start-up.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PitfallRule {

	/**
	 * What is wrong in this setup.
	 * @param setup the picture of the application
	 * @return the findings, one for each subject; empty when nothing is wrong
	 */
	List<Finding> check(KafkaSetup setup);

}
