package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags producer and consumer factories without a Micrometer listener in an application
 * that has a meter registry. Producer factories that override how producers are created
 * are left out.
 *
 * <p>
 * Why it hurts: the factory of the most important consumer was built by hand. The
 * dashboard shows the lag of every other one, and the alert for this one never fires,
 * because its meter does not exist.
 *
 * <p>
 * Wrong: {@code new DefaultKafkaConsumerFactory<>(config)} and nothing else. Right: also
 * {@code factory.addListener(new MicrometerConsumerListener<>(registry))}, or apply the
 * {@code DefaultKafkaConsumerFactoryCustomizer} beans.
 *
 * <p>
 * Legitimate when an agent reads the metrics through JMX: switch the rule off.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/micrometer.html#micrometer-native">Micrometer
 * native metrics</a>
 */
@Pitfall(id = "observability-client-metrics-missing", title = "Kafka client metrics are not exported",
		severity = Severity.WARNING,
		why = "No lag, no error rate and no throttle time of this client reach the meter registry.",
		remedy = "factory.addListener(new MicrometerConsumerListener<>(registry))", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ObservabilityClientMetricsMissing implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (!setup.application().meterRegistry()) {
			return List.of();
		}
		Stream<Finding> producers = setup.producers()
			.stream()
			.filter((producer) -> !producer.clientMetrics() && !producer.customized())
			.map(ProducerSetup::subject)
			.map((subject) -> finding(subject, "Producer", "error rate, queue time and throttle time"));
		Stream<Finding> consumers = setup.consumers()
			.stream()
			.filter((consumer) -> !consumer.clientMetrics())
			.map(ConsumerSetup::subject)
			.map((subject) -> finding(subject, "Consumer", "lag, rebalances and throttle time"));
		return Stream.concat(producers, consumers).toList();
	}

	private static Finding finding(Subject subject, String client, String meters) {
		return Finding
			.of(subject,
					"The factory has no Micrometer" + client + "Listener: " + meters
							+ " of its clients do not reach the meter registry.")
			.withFix(Fix.action("apply the DefaultKafka" + client + "FactoryCustomizer beans to the factory"))
			.withFix(Fix.action("call factory.addListener(new Micrometer" + client + "Listener<>(registry))"));
	}

}
