package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link ProducerDeliveryTimeoutInconsistent}. */
class ProducerDeliveryTimeoutInconsistentTests {

	private static final String DELIVERY = "spring.kafka.producer.properties.delivery.timeout.ms";

	private static final String REQUEST = "spring.kafka.producer.properties.request.timeout.ms";

	private final ProducerDeliveryTimeoutInconsistent rule = new ProducerDeliveryTimeoutInconsistent();

	@Test
	void flagsADeliveryTimeoutOneMillisecondTooSmallAndIgnoresTheSmallestThatFits() {
		assertThat(check("delivery.timeout.ms", 30_004)).extracting(Finding::severity).containsExactly(Severity.ERROR);
		assertThat(check("delivery.timeout.ms", 30_005)).isEmpty();
	}

	@Test
	void agreesWithTheClient() {
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> create(30_004));
		create(30_005).close(Duration.ZERO);
	}

	@Test
	void mentionsADefaultThatTheClientRaises() {
		assertThat(check("linger.ms", 90_001)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.fixes()).containsExactly(Fix.set(DELIVERY, 120_001));
		});
		assertThat(check("linger.ms", 90_000)).isEmpty();
	}

	@Test
	void understandsALingerBeyondTheRangeOfAnInteger() {
		assertThat(check("linger.ms", Long.MAX_VALUE)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.set(DELIVERY, Integer.MAX_VALUE)));
	}

	@Test
	void onlyWarnsAboutAFactoryThatMayStillChangeTheValue() {
		assertThat(this.rule.check(producer((producer) -> {
			producer.customized = true;
			producer.code("delivery.timeout.ms", 1000);
		}))).extracting(Finding::severity).containsExactly(Severity.WARNING);
	}

	@Test
	void leavesRefusedValuesToTheirOwnRule() {
		assertThat(check("delivery.timeout.ms", -1)).isEmpty();
		assertThat(check("delivery.timeout.ms", "10s")).isEmpty();
	}

	@Test
	void suggestsTimeoutsThatTheRuleAccepts() {
		for (int linger : List.of(0, 5, 20_000, 60_000, 100_000)) {
			Finding finding = this.rule
				.check(producer((producer) -> producer.code("linger.ms", linger).code("delivery.timeout.ms", 25_000)))
				.get(0);
			assertThat(finding.fixes()).isNotEmpty().allSatisfy((fix) -> {
				String[] line = fix.text().replace("spring.kafka.producer.properties.", "").split(": ");
				assertThat(this.rule.check(producer((producer) -> producer.code("linger.ms", linger)
					.code("delivery.timeout.ms", 25_000)
					.code(line[0], line[1])))).isEmpty();
			});
		}
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(producer((producer) -> producer.property("delivery.timeout.ms", DELIVERY, "15005")))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("delivery.timeout.ms = 15005 (" + TestSetup.FILE + ")",
					"linger.ms = 5 (Kafka client default)", "request.timeout.ms = 30000 (Kafka client default)");
		assertThat(finding.harm()).contains("the application starts, and that send fails");
		assertThat(finding.fixes()).containsExactly(Fix.set(REQUEST, 5000), Fix.set(DELIVERY, 120_000));
	}

	private List<Finding> check(String key, Object value) {
		return this.rule.check(producer((producer) -> producer.code(key, value)));
	}

	private static KafkaProducer<String, String> create(int deliveryTimeout) {
		return new KafkaProducer<>(Map.of("bootstrap.servers", "localhost:1", "delivery.timeout.ms", deliveryTimeout),
				new StringSerializer(), new StringSerializer());
	}

}
