package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ClusterSetup;

/** Commands of Kafka's own tools, ready to run. */
final class ClusterCommands {

	private ClusterCommands() {
	}

	/** Give topics a setting. */
	static Fix configure(ClusterSetup cluster, List<String> topics, String settings) {
		return alter(cluster, topics, "--add-config " + settings);
	}

	/** Take a setting of topics away, so that the broker's default applies. */
	static Fix deleteConfig(ClusterSetup cluster, List<String> topics, String key) {
		return alter(cluster, topics, "--delete-config " + key);
	}

	private static Fix alter(ClusterSetup cluster, List<String> topics, String change) {
		boolean one = topics.size() == 1;
		String command = run("kafka-configs.sh", cluster,
				"--alter --entity-type topics --entity-name " + (one ? topics.get(0) : "$topic") + " " + change);
		return Fix.action(one ? command : "for topic in " + String.join(" ", topics) + "; do " + command + "; done");
	}

	/**
	 * Create a topic.
	 * @param partitions number of partitions, or what stands for it
	 */
	static Fix create(ClusterSetup cluster, String topic, Object partitions, int replicationFactor) {
		return Fix.action(run("kafka-topics.sh", cluster, "--create --topic " + topic + " --partitions " + partitions
				+ " --replication-factor " + replicationFactor));
	}

	/** A command of a tool that is told how to find the cluster. */
	static String run(String tool, ClusterSetup cluster, String arguments) {
		String servers = String.join(",", cluster.bootstrapServers().stream().sorted().toList());
		return tool + " --bootstrap-server " + servers + " " + arguments;
	}

}
