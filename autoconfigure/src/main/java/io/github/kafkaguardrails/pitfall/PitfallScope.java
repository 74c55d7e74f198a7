package io.github.kafkaguardrails.pitfall;

/**
 * What a rule has to see before it can say anything.
 *
 * @since 0.1.0
 */
public enum PitfallScope {

	/**
	 * The application's own configuration. Such a rule runs at start-up; it may say more
	 * once the cluster has been read.
	 */
	CONFIGURATION,

	/**
	 * What the cluster answers. Such a rule runs when the clusters have been read; for a
	 * cluster that did not answer it is reported as "unknown".
	 */
	CLUSTER,

	/**
	 * What clients and containers do. Such a rule runs once the running application has
	 * been observed.
	 */
	ACTIVITY

}
