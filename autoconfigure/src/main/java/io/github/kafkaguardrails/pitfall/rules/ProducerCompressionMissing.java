package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags producers without compression whose value serializer writes text, JSON, Avro or
 * Protobuf, outside development.
 *
 * <p>
 * Why it hurts: the bill of the cross-zone traffic. Every byte is sent to the leader, to
 * each follower, to each consumer, and stored three times, although a batch of JSON
 * usually shrinks to a fifth.
 *
 * <p>
 * Wrong: no {@code compression-type}. Right:
 * {@code spring.kafka.producer.compression-type: lz4}, or {@code zstd} where the network
 * is the bottleneck; a {@code linger.ms} of some milliseconds makes fuller batches, which
 * compress better.
 *
 * <p>
 * Legitimate for payloads that are compressed or encrypted already, and for topics that
 * compress on the broker: waive it for that factory.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_compression.type">compression.type</a>
 */
@Pitfall(id = "producer-compression-missing", title = "Text or schema payloads are sent uncompressed",
		severity = Severity.INFO,
		why = "Batches of JSON usually shrink to a fifth: network, disk and cross-zone traffic cost that much more.",
		remedy = "spring.kafka.producer.compression-type: lz4", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerCompressionMissing implements PitfallRule {

	private static final String KEY = "compression.type";

	private static final String SPRING = "org.springframework.kafka.support.serializer.";

	private static final Set<String> TEXT = Set.of("org.apache.kafka.common.serialization.StringSerializer",
			SPRING + "JacksonJsonSerializer", SPRING + "JsonSerializer", SPRING + "ToStringSerializer");

	/** Avro, JSON schema and Protobuf. */
	private static final List<String> SCHEMA_PACKAGES = List.of("io.confluent.kafka.", "io.apicurio.registry.");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.producers()
			.stream()
			.filter((producer) -> "none".equals(producer.config().string(KEY))
					&& compressible(producer.valueSerializer().className()))
			.map(ProducerCompressionMissing::finding)
			.toList();
	}

	private static boolean compressible(String serializer) {
		return TEXT.contains(serializer) || SCHEMA_PACKAGES.stream().anyMatch(serializer::startsWith);
	}

	private static Finding finding(ProducerSetup producer) {
		ConfigValue compression = producer.config().get(KEY);
		Finding finding = Finding.of(producer.subject(),
				"Such payloads usually shrink to a fifth: network, disk and cross-zone traffic cost that much more.")
			.withEvidence(compression)
			.withEvidence(serializer(producer));
		return Remedy.set(finding, compression, "spring.kafka.producer.compression-type", "lz4");
	}

	private static ConfigValue serializer(ProducerSetup producer) {
		String name = "value.serializer";
		return producer.valueSerializer().instance() ? ConfigValue.of(name, producer.valueSerializer().className(),
				ValueOrigin.code("bean '" + producer.name() + "'")) : producer.config().get(name);
	}

}
