package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags record listeners of compacted topics whose methods cannot be called for a record
 * without a value.
 *
 * <p>
 * Why it hurts: on a compacted topic a record without a value deletes its key. Spring
 * refuses to call the method, the record is handled as a failure, and the cache, index or
 * database downstream keeps what should be deleted.
 *
 * <p>
 * Wrong: {@code void handle(Order order)}. Right:
 * {@code void handle(@Payload(required = false) Order order, @Header(KafkaHeaders.RECEIVED_KEY) String key)};
 * for a listener class a handler of {@code @Payload(required = false) KafkaNull}.
 *
 * <p>
 * Legitimate when nobody ever deletes a key of the topic: waive it for the listener.
 * Batch listeners, {@code ConsumerRecord}, {@code Message} and {@code Optional} get the
 * null.
 *
 * @since 0.1.0
 * @see <a href="https://docs.spring.io/spring-kafka/reference/kafka/tombstones.html">Null
 * payloads and log compaction</a>
 */
@Pitfall(id = "listener-tombstone-unhandled", title = "Deletions on a compacted topic never reach the listener",
		severity = Severity.WARNING,
		why = "A null value is refused before the method is called: downstream keeps what should be deleted.",
		remedy = "@Payload(required = false) on the payload parameter", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerTombstoneUnhandled implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.listener().container().type() == ContainerSetup.Type.RECORD)
			.filter((topics) -> refusesNull(topics.listener()))
			.flatMap(ListenerTombstoneUnhandled::findings)
			.toList();
	}

	private static boolean refusesNull(ListenerSetup listener) {
		return !listener.methods().isEmpty() && listener.methods()
			.stream()
			.noneMatch((method) -> method.nullPayload() || method.payloadType() == null);
	}

	private static Stream<Finding> findings(ListenerTopics topics) {
		ListenerSetup listener = topics.listener();
		return topics.existing().stream().flatMap((topic) -> {
			if (topic.config().problem() != null) {
				return Stream.of(Finding.unknown(listener.subject(), "Whether topic '" + topic.name()
						+ "' is compacted could not be read (" + topic.config().problem() + ")."));
			}
			return topic.cleanedUpBy("compact") ? Stream.of(finding(listener, topic)) : Stream.empty();
		});
	}

	private static Finding finding(ListenerSetup listener, TopicSetup topic) {
		ListenerMethod method = listener.methods().get(0);
		Finding finding = Finding.of(listener.subject(),
				"A record without a value deletes its key, but Spring refuses to call the listener for it: it is handled "
						+ "as a failure, and what should be deleted stays.");
		finding = topic.setting("cleanup.policy").map(finding::withEvidence).orElse(finding);
		return finding
			.withEvidence(listener.fact("payload of " + listener.methods().get(0).name(),
					Objects.requireNonNullElse(method.payloadType(), "")))
			.withFix(Fix.action((listener.methods().size() == 1)
					? "declare @Payload(required = false) " + simpleName(method.payloadType())
							+ " payload, @Header(KafkaHeaders.RECEIVED_KEY) String key"
					: "add a method @KafkaHandler void delete(@Payload(required = false) KafkaNull payload, "
							+ "@Header(KafkaHeaders.RECEIVED_KEY) String key)"));
	}

	private static String simpleName(@Nullable String type) {
		return (type != null) ? type.substring(type.lastIndexOf('.') + 1) : "";
	}

}
