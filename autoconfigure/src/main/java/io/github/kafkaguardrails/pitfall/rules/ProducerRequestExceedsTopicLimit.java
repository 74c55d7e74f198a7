package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags producers that accept larger records than a topic they write to: warning, or info
 * when the producer compresses.
 *
 * <p>
 * Why it hurts: the team raises {@code max.request.size} to send a picture, and the
 * broker answers {@code RecordTooLargeException} for every record in between. On a
 * dead-letter topic, which adds a stack trace, the failing record can never be put aside.
 *
 * <p>
 * Wrong: {@code max.request.size: 5242880} with the topic's default
 * {@code max.message.bytes=1048588}. Right: both, or better a reference to a store
 * instead of the picture.
 *
 * <p>
 * Legitimate when records are compressed: the producer's limit is on what the application
 * sends, the topic's on what is stored.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_max.message.bytes">max.message.bytes</a>
 */
@Pitfall(id = "producer-request-exceeds-topic-limit", title = "The producer accepts records that the topic rejects",
		severity = Severity.WARNING,
		why = "RecordTooLargeException from the broker for every record between the two limits.",
		remedy = "max.message.bytes of the topic as large as max.request.size", scope = PitfallScope.CLUSTER,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerRequestExceedsTopicLimit implements PitfallRule {

	private static final String REQUEST = "max.request.size";

	private static final String TOPIC = "max.message.bytes";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter((producer) -> producer.config().explicit(REQUEST)
					&& RejectedValues.accepts(producer.config(), REQUEST))
			.flatMap((producer) -> setup.cluster(producer.config())
				.stream()
				.flatMap((cluster) -> topics(setup, producer, cluster)
					.flatMap((topic) -> finding(producer, cluster, topic).stream())))
			.toList();
	}

	/** The topics that the producer certainly writes to. */
	private static Stream<TopicSetup> topics(KafkaSetup setup, ProducerSetup producer, ClusterSetup cluster) {
		Stream<String> byDefault = producer.defaultTopics().stream().map(ConfigValue::text);
		Stream<String> failed = (setup.producers().size() == 1 && setup.clusters().size() == 1)
				? failedRecordTopics(setup) : Stream.empty();
		return Stream.concat(byDefault, failed).distinct().map(cluster::topic).flatMap(Optional::stream);
	}

	/** Kafka Guardrails writes with a producer of its own. */
	private static Stream<String> failedRecordTopics(KafkaSetup setup) {
		return Stream.concat(
				ListenerTopics.of(setup)
					.filter((topics) -> !guardrails(topics.listener()))
					.flatMap((topics) -> topics.deadLetters().values().stream()),
				ListenerTopics.auxiliary(setup)
					.filter((topics) -> !guardrails(topics.listener()))
					.flatMap((topics) -> topics.subscribed().stream()));
	}

	private static boolean guardrails(ListenerSetup listener) {
		return listener.errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS;
	}

	private static Optional<Finding> finding(ProducerSetup producer, ClusterSetup cluster, TopicSetup topic) {
		if (topic.config().problem() != null) {
			return Optional.of(Finding.unknown(producer.subject(),
					"The limit of topic '" + topic.name() + "' could not be read (" + topic.config().problem() + ")."));
		}
		OptionalLong request = producer.config().number(REQUEST);
		OptionalLong limit = ClusterFacts.number(topic.setting(TOPIC));
		if (request.isEmpty() || limit.isEmpty() || request.getAsLong() <= limit.getAsLong()) {
			return Optional.empty();
		}
		boolean compressed = !"none".equals(producer.config().string("compression.type"));
		Finding finding = Finding
			.of(producer.subject(),
					"Records larger than " + limit.getAsLong() + " bytes pass the producer, but topic '" + topic.name()
							+ "' refuses them with a RecordTooLargeException"
							+ (compressed ? ", unless compression makes them small enough." : "."))
			.withEvidence(producer.config().get(REQUEST))
			.withEvidence(Objects.requireNonNull(topic.setting(TOPIC).orElse(null)))
			.withFix(ClusterCommands.configure(cluster, List.of(topic.name()), TOPIC + "=" + request.getAsLong()))
			.withFix(Remedy.change(producer.config().get(REQUEST), limit.getAsLong()));
		return Optional.of(compressed ? finding.withSeverity(Severity.INFO) : finding);
	}

}
