package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.rules.UsedTopics.Use;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.TopicSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags topics that the application consumes without the right to read, or writes to
 * without the right to write, and groups that it may not use.
 *
 * <p>
 * Why it hurts: the rollout is green, the listener container stops with
 * {@code TopicAuthorizationException} a second later and is not started again. For a
 * dead-letter topic it shows when the first record fails.
 *
 * <p>
 * Wrong: an ACL for the topic and none for the group. Right:
 * {@code kafka-acls.sh --add --allow-principal User:billing --operation Read --topic orders --group billing}.
 *
 * <p>
 * Legitimate: never. A cluster that authorizes nobody is not checked, an empty answer is
 * unknown, and so are clients with different credentials, because the answer is about one
 * of them.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#security_authz">Authorization and
 * ACLs</a>
 */
@Pitfall(id = "security-missing-acl", title = "The principal may not do what the application does",
		severity = Severity.ERROR, why = "The client gets a TopicAuthorizationException; the listener container stops.",
		remedy = "kafka-acls.sh --add --allow-principal User:<principal> --operation Read --topic <topic> --group <group>",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecurityMissingAcl implements PitfallRule {

	private static final String READ = "READ";

	private static final String WRITE = "WRITE";

	private static final String TOPIC_DENIED = "TopicAuthorizationException";

	private static final String GROUP_DENIED = "GroupAuthorizationException";

	private static final Set<String> CREDENTIALS = Set.of("security.", "sasl.", "ssl.");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return UsedTopics.of(setup).flatMap((topics) -> findings(setup, topics)).toList();
	}

	private static Stream<Finding> findings(KafkaSetup setup, UsedTopics topics) {
		List<Finding> findings = Stream
			.of(hidden(topics), missing(topics, READ, topics.existing(Use.CONSUMED, Use.RETRY)),
					missing(topics, WRITE, topics.existing(Use.RETRY, Use.DEAD_LETTER, Use.PRODUCED)),
					groups(setup, topics.cluster()))
			.flatMap((part) -> part)
			.toList();
		boolean oneUser = ConfiguredClient.of(setup)
			.stream()
			.map(ConfiguredClient::config)
			.filter((config) -> setup.cluster(config).filter(topics.cluster()::equals).isPresent())
			.map(SecurityMissingAcl::credentials)
			.distinct()
			.count() == 1;
		return oneUser ? findings.stream() : findings.stream()
			.map((finding) -> Finding.unknown(finding.subject(),
					"The clients of the application have different credentials: whose rights are missing is not "
							+ "known."));
	}

	/** What identifies a client to the cluster. */
	private static Map<String, String> credentials(ClientConfig config) {
		return config.given()
			.stream()
			.filter((value) -> value.value() != null && CREDENTIALS.stream().anyMatch(value.key()::startsWith))
			.collect(Collectors.toMap(ConfigValue::key, (value) -> config.string(value.key()), (left, right) -> right,
					TreeMap::new));
	}

	/** Who may not even describe a topic may neither read nor write it. */
	private static Stream<Finding> hidden(UsedTopics topics) {
		return topics.uses()
			.keySet()
			.stream()
			.filter((topic) -> TOPIC_DENIED.equals(topics.cluster().unreadableTopics().get(topic)))
			.map((topic) -> finding(topics.cluster(), new Subject(Subject.Kind.TOPIC, topic),
					topics.uses(topic, Use.CONSUMED, Use.RETRY) ? READ : WRITE, "none", "--topic " + topic));
	}

	private static Stream<Finding> missing(UsedTopics topics, String operation, List<TopicSetup> used) {
		return used.stream()
			.flatMap((topic) -> finding(topics.cluster(), topic.subject(), topic.operations(), operation,
					"--topic " + topic.name()));
	}

	private static Stream<Finding> groups(KafkaSetup setup, ClusterSetup cluster) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.cluster().equals(cluster) && topics.listener().subscription().groupManaged())
			.map((topics) -> topics.listener().groupId())
			.filter(Objects::nonNull)
			.distinct()
			.flatMap((id) -> Stream.ofNullable(cluster.groups().get(id)))
			.flatMap((GroupSetup group) -> finding(cluster, group.subject(), group.operations(), READ,
					"--group " + group.id()));
	}

	private static Stream<Finding> finding(ClusterSetup cluster, Subject subject, Reading<Set<String>> operations,
			String operation, String resource) {
		if (GROUP_DENIED.equals(operations.problem())) {
			return Stream.of(finding(cluster, subject, operation, "none", resource));
		}
		Set<String> allowed = operations.value();
		if (allowed == null || allowed.contains(operation) || allowed.contains("ALL")) {
			return Stream.empty();
		}
		if (allowed.isEmpty()) {
			return Stream.of(Finding.unknown(subject, "The cluster does not say what the application may do."));
		}
		return Stream
			.of(finding(cluster, subject, operation, String.join(", ", allowed.stream().sorted().toList()), resource));
	}

	private static Finding finding(ClusterSetup cluster, Subject subject, String operation, String allowed,
			String resource) {
		String name = operation.charAt(0) + operation.substring(1).toLowerCase(Locale.ROOT);
		return Finding
			.of(subject,
					operation.equals(READ)
							? "The listener's first poll fails with an authorization error, and its container stops."
							: "Each send fails with a TopicAuthorizationException.")
			.withEvidence(ConfigValue.of("allowed operations", allowed, ValueOrigin.cluster(subject.toString())))
			.withFix(Fix.action(ClusterCommands.run("kafka-acls.sh", cluster,
					"--add --allow-principal User:<principal> --operation " + name + " " + resource)));
	}

}
