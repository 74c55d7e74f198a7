package io.github.kafkaguardrails.pitfall;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.github.kafkaguardrails.pitfall.rules.ProducerAcksNotAll;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;

/** Inspections with one rule, for tests of those who show the result. */
public final class TestInspection {

	/** A password that nobody must show. */
	public static final String SECRET = "planted-secret";

	private TestInspection() {
	}

	/** An inspection that has run over this picture. */
	public static PitfallInspection inspected(KafkaSetup setup, Waiver... waivers) {
		PitfallInspection inspection = of(setup, waivers);
		inspection.inspect();
		return inspection;
	}

	/** An inspection that has not run yet. */
	public static PitfallInspection of(KafkaSetup setup, Waiver... waivers) {
		return new PitfallInspection(() -> setup, (picture) -> List.of(),
				new PitfallCatalogue(List.of(new ProducerAcksNotAll())),
				new PitfallSettings(Enforcement.WARN, Map.of(), List.of(waivers)), Clock.systemUTC());
	}

	/** A waiver of the finding of {@link #setup()} that holds for ever. */
	public static Waiver waiver() {
		return new Waiver("producer-acks-not-all", "kafkaProducer*", "only metrics, OPS-123", LocalDate.MAX);
	}

	/**
	 * A picture of one listener "orders-listener", one producer with a finding, and
	 * secrets wherever a user may have put them.
	 */
	public static KafkaSetup setup() {
		String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"" + SECRET + "\";";
		return application()
			.withProducer("kafkaProducerFactory",
					(producer) -> producer.property("acks", "spring.kafka.producer.acks", "1")
						.property("sasl.jaas.config", "spring.kafka.properties.sasl.jaas.config", jaas)
						.property("schema.registry.url", "spring.kafka.properties.schema.registry.url",
								"https://user:" + SECRET + "@registry:8081")
						.framework("retries", 5))
			.withConsumer("kafkaConsumerFactory", (consumer) -> consumer.code("ssl.key.password", SECRET))
			.withListener("orders-listener",
					(listener) -> listener.property("max.poll.records", "spring.kafka.consumer.max-poll-records", 10)
						.property("ssl.truststore.password", "spring.kafka.ssl.trust-store-password", SECRET))
			.withAdmin("kafkaAdmin",
					(admin) -> admin.property("ssl.keystore.password", "spring.kafka.admin.ssl.key-store-password",
							SECRET))
			.build();
	}

}
