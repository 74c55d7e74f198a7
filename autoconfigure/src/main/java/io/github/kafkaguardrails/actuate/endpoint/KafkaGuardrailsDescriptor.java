package io.github.kafkaguardrails.actuate.endpoint;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeyStatus;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.Waiver;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Secrets;
import io.github.kafkaguardrails.setup.Subject;

/**
 * What the endpoint shows. Holds text that is safe to show only: secrets are masked.
 *
 * @param rules number of rules that ran
 * @param counts number of findings
 * @param findings the findings, worst first
 * @param clustersReadAt when the clusters were read last, or {@code null} before that
 * @param clusters the clusters as they were read last
 * @param listeners the listener containers
 * @param clients the client factories
 * @param parkedKeys keys that ordered retry has parked, up to 1,000
 * @since 0.1.0
 */
public record KafkaGuardrailsDescriptor(int rules, Counts counts, List<FindingDescriptor> findings,
		@Nullable Instant clustersReadAt, List<ClusterDescriptor> clusters, List<ListenerDescriptor> listeners,
		List<ClientDescriptor> clients, List<ParkedKeyStatus> parkedKeys) {

	private static String label(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static <T, R> List<R> map(Collection<T> values, Function<T, R> function) {
		return values.stream().map(function).toList();
	}

	/**
	 * Number of findings.
	 *
	 * @param error violations of severity error
	 * @param warning violations of severity warning
	 * @param info violations of severity info
	 * @param accepted findings that a waiver or the baseline accepts
	 * @param unknown what could not be checked
	 */
	public record Counts(long error, long warning, long info, long accepted, long unknown) {

		static Counts of(PitfallReport report) {
			return new Counts(report.count(Severity.ERROR), report.count(Severity.WARNING), report.count(Severity.INFO),
					count(report, ReportedFinding.State.ACCEPTED), count(report, ReportedFinding.State.UNKNOWN));
		}

		private static long count(PitfallReport report, ReportedFinding.State state) {
			return report.findings().stream().filter((finding) -> finding.state() == state).count();
		}

	}

	/**
	 * A finding.
	 *
	 * @param rule id of the rule
	 * @param severity {@code error}, {@code warning} or {@code info}
	 * @param state {@code violated}, {@code accepted} or {@code unknown}
	 * @param title what is wrong
	 * @param subjects what it is about
	 * @param evidence the values that prove it
	 * @param harm what happens because of it, or why it could not be checked
	 * @param fixes ways to mend it
	 * @param waiver the waiver that accepts it, or {@code null}
	 * @param baseline day of the baseline that accepts it, or {@code null}
	 * @param documentation link to the description of the rule, or {@code null}
	 */
	public record FindingDescriptor(String rule, String severity, String state, String title,
			List<SubjectDescriptor> subjects, List<SettingDescriptor> evidence, String harm, List<FixDescriptor> fixes,
			@Nullable WaiverDescriptor waiver, @Nullable LocalDate baseline, @Nullable String documentation) {

		static FindingDescriptor of(ReportedFinding finding) {
			return new FindingDescriptor(finding.rule(), finding.severity().label(), label(finding.state()),
					finding.title(), map(finding.subjects(), SubjectDescriptor::of),
					map(finding.evidence(), SettingDescriptor::of), finding.harm(),
					map(finding.fixes(), FixDescriptor::of),
					(finding.waiver() != null) ? WaiverDescriptor.of(finding.waiver()) : null, finding.baseline(),
					finding.documentation());
		}

	}

	/**
	 * What a finding is about.
	 *
	 * @param kind for example {@code producer} or {@code listener}
	 * @param name bean name, listener id or topic
	 */
	public record SubjectDescriptor(String kind, String name) {

		static SubjectDescriptor of(Subject subject) {
			return new SubjectDescriptor(label(subject.kind()), subject.name());
		}

	}

	/**
	 * A setting.
	 *
	 * @param key the key
	 * @param value the value, masked when it is a secret
	 * @param origin where it comes from
	 */
	public record SettingDescriptor(String key, String value, String origin) {

		static SettingDescriptor of(ConfigValue value) {
			return new SettingDescriptor(value.key(), value.text(), value.origin().toString());
		}

		static List<SettingDescriptor> explicit(ClientConfig config) {
			return config.given().stream().filter(ConfigValue::explicit).map(SettingDescriptor::of).toList();
		}

	}

	/**
	 * A way to mend a finding.
	 *
	 * @param kind {@code set} a line of YAML, {@code delete} a property or {@code do}
	 * something else
	 * @param text the line, the property or the sentence
	 */
	public record FixDescriptor(String kind, String text) {

		static FixDescriptor of(Fix fix) {
			return new FixDescriptor(label(fix.kind()), fix.text());
		}

	}

	/**
	 * A waiver.
	 *
	 * @param where glob on the names that it is for
	 * @param reason why the finding is accepted
	 * @param until last day on which it holds, or {@code null}
	 */
	public record WaiverDescriptor(@Nullable String where, String reason, @Nullable LocalDate until) {

		static WaiverDescriptor of(Waiver waiver) {
			return new WaiverDescriptor(waiver.where(), waiver.reason(), waiver.until());
		}

	}

	/**
	 * A cluster.
	 *
	 * @param bootstrapServers addresses by which the application reaches it
	 * @param state {@code readable} or {@code unreachable}
	 * @param outage why it could not be read, or {@code null} when it could
	 * @param brokers number of brokers
	 * @param unreadableTopics why a topic of the application could not be described, by
	 * name
	 */
	public record ClusterDescriptor(List<String> bootstrapServers, String state, @Nullable OutageDescriptor outage,
			int brokers, Map<String, String> unreadableTopics) {

		static ClusterDescriptor of(ClusterSetup cluster) {
			return new ClusterDescriptor(
					cluster.bootstrapServers()
						.stream()
						.sorted()
						.map((server) -> Secrets.mask("bootstrap.servers", server))
						.toList(),
					cluster.readable() ? "readable" : "unreachable",
					(cluster.outage() != null) ? OutageDescriptor.of(cluster.outage()) : null, cluster.brokers().size(),
					new TreeMap<>(cluster.unreadableTopics()));
		}

	}

	/**
	 * Why a cluster could not be read.
	 *
	 * @param kind {@code address}, {@code authentication}, {@code authorization},
	 * {@code timeout} or {@code other}
	 * @param reason class of the error
	 */
	public record OutageDescriptor(String kind, String reason) {

		static OutageDescriptor of(ClusterOutage outage) {
			return new OutageDescriptor(label(outage.kind()), outage.reason());
		}

	}

	/**
	 * A listener container.
	 *
	 * @param id listener id
	 * @param place the annotated method or class, or the bean that made the container
	 * @param group group id, or {@code null}
	 * @param topics topics, or partitions assigned by hand
	 * @param topicPattern topic pattern, or {@code null}
	 * @param type {@code record}, {@code batch} or {@code share}
	 * @param ackMode ack mode
	 * @param concurrency number of consumers
	 * @param errorHandling what happens to a record that cannot be processed
	 * @param state {@code running}, {@code paused}, {@code stopped}, or {@code unknown}
	 * when the container cannot be found
	 * @param settings explicit settings of its consumers
	 */
	public record ListenerDescriptor(String id, String place, @Nullable String group, List<String> topics,
			@Nullable String topicPattern, String type, String ackMode, int concurrency,
			ErrorHandlingDescriptor errorHandling, String state, List<SettingDescriptor> settings) {

		static ListenerDescriptor of(ListenerSetup listener, @Nullable MessageListenerContainer container) {
			List<String> topics = Stream
				.concat(listener.subscription().topics().stream(), listener.subscription().partitions().stream())
				.toList();
			return new ListenerDescriptor(listener.id(), listener.place(), listener.groupId(), topics,
					listener.subscription().pattern(), label(listener.container().type()),
					listener.container().ackMode(), listener.container().concurrency(),
					ErrorHandlingDescriptor.of(listener.errorHandling()), state(container),
					SettingDescriptor.explicit(listener.consumer()));
		}

		private static String state(@Nullable MessageListenerContainer container) {
			if (container == null) {
				return "unknown";
			}
			if (!container.isRunning()) {
				return "stopped";
			}
			return container.isPauseRequested() ? "paused" : "running";
		}

	}

	/**
	 * What happens to a record that cannot be processed.
	 *
	 * @param kind who handles it, for example {@code guardrails} or
	 * {@code spring-default}
	 * @param description one line for people
	 */
	public record ErrorHandlingDescriptor(String kind, String description) {

		static ErrorHandlingDescriptor of(ErrorHandlingSetup setup) {
			return new ErrorHandlingDescriptor(label(setup.kind()), setup.description());
		}

	}

	/**
	 * A client factory.
	 *
	 * @param name bean name
	 * @param kind {@code producer}, {@code consumer}, {@code admin} or {@code streams}
	 * @param settings explicit settings
	 */
	public record ClientDescriptor(String name, String kind, List<SettingDescriptor> settings) {

		static List<ClientDescriptor> of(KafkaSetup setup) {
			return Stream
				.of(setup.producers().stream().map((producer) -> of(producer.subject(), producer.config())),
						setup.consumers().stream().map((consumer) -> of(consumer.subject(), consumer.config())),
						setup.admins().stream().map((admin) -> of(admin.subject(), admin.config())),
						setup.streams().stream().map((streams) -> of(streams.subject(), streams.config())))
				.flatMap((descriptors) -> descriptors)
				.toList();
		}

		private static ClientDescriptor of(Subject subject, ClientConfig config) {
			return new ClientDescriptor(subject.name(), label(subject.kind()), SettingDescriptor.explicit(config));
		}

	}

}
