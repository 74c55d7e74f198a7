package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners of share groups whose consumer factory contains a key that share
 * consumers do not know. Its presence is enough, whatever its value.
 *
 * <p>
 * Why it hurts: {@code KafkaProperties.buildConsumerProperties()} always contains
 * {@code isolation.level}, so the obvious way to build the factory makes a consumer that
 * throws a {@code ConfigException} when the container starts.
 *
 * <p>
 * Wrong: {@code new DefaultShareConsumerFactory<>(properties.buildConsumerProperties())}.
 * Right: a map without {@code isolation.level}, {@code auto.offset.reset} and the like;
 * where a share group starts is a setting of the group on the broker.
 *
 * <p>
 * Legitimate: never.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/kafka-queues.html">Kafka queues
 * (share consumer)</a>
 */
@Pitfall(id = "listener-share-forbidden-config", title = "A share consumer is given keys that it refuses",
		severity = Severity.ERROR, why = "The client throws a ConfigException: the container cannot start.",
		remedy = "remove the keys from the map of the share consumer factory", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerShareForbiddenConfig implements StartupPitfallRule {

	private static final String RESET = "auto.offset.reset";

	private static final List<String> FORBIDDEN = List.of(RESET, "enable.auto.commit", "group.instance.id",
			"isolation.level", "partition.assignment.strategy", "interceptor.classes", "session.timeout.ms",
			"heartbeat.interval.ms", "group.protocol", "group.remote.assignor");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			if (listener.container().type() == ContainerSetup.Type.SHARE && !forbidden(listener).isEmpty()) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static List<ConfigValue> forbidden(ListenerSetup listener) {
		return FORBIDDEN.stream().map(listener.consumer()::given).flatMap(Optional::stream).toList();
	}

	private static Finding finding(ListenerSetup listener) {
		List<ConfigValue> forbidden = forbidden(listener);
		Finding finding = Finding.of(listener.subject(),
				"A share consumer refuses these keys, whatever their values: the container cannot start.");
		for (ConfigValue value : forbidden) {
			finding = finding.withEvidence(value);
		}
		String keys = forbidden.stream().map(ConfigValue::key).collect(Collectors.joining(", "));
		finding = finding.withFix(Fix.action("remove from the map of the share consumer factory: " + keys));
		return listener.consumer().given(RESET).isEmpty() ? finding
				: finding
					.withFix(Fix.action("kafka-configs.sh --bootstrap-server <broker> --alter --entity-type groups "
							+ "--entity-name " + listener.groupId() + " --add-config share.auto.offset.reset="
							+ listener.consumer().string(RESET)));
	}

}
