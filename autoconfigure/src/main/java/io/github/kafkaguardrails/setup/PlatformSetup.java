package io.github.kafkaguardrails.setup;

import java.util.Map;
import java.util.Set;

/**
 * What the machine, the Java virtual machine and the class path offer to the clients.
 *
 * @param systemProperties the system properties that Kafka clients ask for and that are
 * set, for example {@code org.apache.kafka.sasl.oauthbearer.allowed.urls}
 * @param missingClasses classes that parts of Kafka need and that no library of the
 * application holds
 * @param unreadableFiles key and trust stores of the clients that are no readable files,
 * as they are written in the configuration
 * @param singleAddresses bootstrap servers that stand alone in the configuration of a
 * client and whose host has one address only, as they are written in the configuration
 * @param jaasEntry whether there is, or will be, a JAAS configuration for Kafka clients
 * beside {@code sasl.jaas.config}
 * @since 0.1.0
 */
public record PlatformSetup(Map<String, String> systemProperties, Set<String> missingClasses,
		Set<String> unreadableFiles, Set<String> singleAddresses, boolean jaasEntry) {

	public PlatformSetup {
		systemProperties = Map.copyOf(systemProperties);
		missingClasses = Set.copyOf(missingClasses);
		unreadableFiles = Set.copyOf(unreadableFiles);
		singleAddresses = Set.copyOf(singleAddresses);
	}

}
