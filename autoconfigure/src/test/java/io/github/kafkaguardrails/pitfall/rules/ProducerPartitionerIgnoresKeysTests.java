package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerPartitionerIgnoresKeys}. */
class ProducerPartitionerIgnoresKeysTests {

	private final ProducerPartitionerIgnoresKeys rule = new ProducerPartitionerIgnoresKeys();

	private static final String PROPERTIES = "spring.kafka.producer.properties.";

	@Test
	void flagsTheRoundRobinPartitioner() {
		assertThat(check((producer) -> producer.property("partitioner.class", PROPERTIES + "partitioner.class",
				RoundRobinPartitioner.class.getName())))
			.hasSize(1);
		assertThat(check((producer) -> producer.code("partitioner.class", RoundRobinPartitioner.class))).hasSize(1);
	}

	@Test
	void flagsTheBuiltInPartitionerThatIgnoresKeys() {
		assertThat(check((producer) -> producer.property("partitioner.ignore.keys",
				PROPERTIES + "partitioner.ignore.keys", "true")))
			.hasSize(1);
	}

	@Test
	void ignoresKeysThatCount() {
		assertThat(check((producer) -> producer.code("partitioner.ignore.keys", false))).isEmpty();
		assertThat(check((producer) -> {
		})).isEmpty();
	}

	@Test
	void ignoresAPartitionerOfTheApplication() {
		assertThat(check((producer) -> producer.code("partitioner.class", "com.example.TenantPartitioner")
			.code("partitioner.ignore.keys", true))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((producer) -> producer.property("partitioner.ignore.keys",
				PROPERTIES + "partitioner.ignore.keys", true))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("partitioner.ignore.keys = true (application.yml:12:13)");
		assertThat(finding.harm()).contains("in several partitions");
		assertThat(finding.fixes()).containsExactly(Fix.delete(PROPERTIES + "partitioner.ignore.keys"));
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer(customizer));
	}

}
