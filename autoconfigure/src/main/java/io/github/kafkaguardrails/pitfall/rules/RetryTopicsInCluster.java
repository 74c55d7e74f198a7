package io.github.kafkaguardrails.pitfall.rules;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * What the cluster shows about retry topics: those that are missing, and those with one
 * partition although their source has more. Topics that Kafka Guardrails creates and lets
 * grow are left out.
 */
final class RetryTopicsInCluster {

	private RetryTopicsInCluster() {
	}

	/** Findings about the listeners whose cluster has been read. */
	static Stream<Finding> findings(KafkaSetup setup) {
		return ListenerTopics.auxiliary(setup)
			.filter((topics) -> FailedRecordTopics.of(setup, topics.listener()) != FailedRecordTopics.CREATED)
			.filter(ListenerTopics::named)
			.flatMap((
					topics) -> topics.subscribed().stream().flatMap((topic) -> finding(setup, topics, topic).stream()));
	}

	private static Optional<Finding> finding(KafkaSetup setup, ListenerTopics topics, String topic) {
		ClusterSetup cluster = topics.cluster();
		Optional<TopicSetup> source = source(setup, cluster, topic);
		Reading<Boolean> missing = ClusterFacts.missing(cluster, topic);
		if (missing.problem() != null) {
			return Optional.of(Finding.unknown(topics.listener().subject(),
					"Whether topic '" + topic + "' exists could not be read (" + missing.problem() + ")."));
		}
		if (missing.known().orElse(false)) {
			return source.map((model) -> missing(topics, topic, model));
		}
		return cluster.topic(topic)
			.filter((retry) -> retry.partitions().size() == 1)
			.flatMap((retry) -> source.filter((model) -> model.partitions().size() > 1)
				.map((model) -> undersized(cluster, retry, model)));
	}

	private static Finding missing(ListenerTopics topics, String topic, TopicSetup source) {
		Finding finding = Finding
			.of(topics.listener().subject(),
					"The topic does not exist, or the application may not describe it: a failing record cannot be put "
							+ "there, and its partition stands still or the listener stops.")
			.withEvidence(topics.listener().fact("topic", topic))
			.withFix(ClusterCommands.create(topics.cluster(), topic, source.partitions().size(),
					source.replicationFactor()));
		return (topics.listener().errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS)
				? finding.withFix(Fix.set(FailedRecordTopics.PROPERTY, "create")) : finding;
	}

	private static Finding undersized(ClusterSetup cluster, TopicSetup retry, TopicSetup source) {
		int partitions = source.partitions().size();
		return Finding
			.of(retry.subject(),
					"All retries of " + partitions
							+ " partitions go through one: they wait for each other, on one thread.")
			.withEvidence(retry.fact("partitions", 1))
			.withEvidence(source.fact("partitions", partitions))
			.withFix(Fix.action(ClusterCommands.run("kafka-topics.sh", cluster,
					"--alter --topic " + retry.name() + " --partitions " + partitions)));
	}

	/** The consumed topic whose name the retry topic's begins with. */
	private static Optional<TopicSetup> source(KafkaSetup setup, ClusterSetup cluster, String retryTopic) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.cluster().equals(cluster))
			.flatMap((topics) -> topics.subscribed().stream())
			.filter((name) -> retryTopic.startsWith(name) && !retryTopic.equals(name))
			.max(Comparator.comparingInt(String::length))
			.flatMap(cluster::topic);
	}

}
