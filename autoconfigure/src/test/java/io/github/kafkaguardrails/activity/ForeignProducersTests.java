package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ForeignProducers}. */
class ForeignProducersTests {

	private final MutableClock clock = new MutableClock();

	private final ForeignProducers producers = new ForeignProducers(this.clock);

	private final List<Producer<String, String>> open = new ArrayList<>();

	@AfterEach
	void close() {
		this.open.forEach((producer) -> producer.close(Duration.ZERO));
	}

	@Test
	void countsWhatNobodyKnows() {
		int before = created(Set.of());
		create("foreign:1");
		create("foreign-2");
		create("springs");
		assertThat(created(Set.of("springs"))).isEqualTo(before + 2);
	}

	@Test
	void countsAProducerThatWasClosedAsLongAsTheWindowLasts() {
		int before = created(Set.of());
		create("short");
		assertThat(created(Set.of())).isEqualTo(before + 1);
		close();
		assertThat(created(Set.of())).isEqualTo(before + 1);
		this.clock.advance(ProducerCreations.WINDOW.plusSeconds(1));
		assertThat(created(Set.of())).isZero();
	}

	private int created(Set<String> known) {
		Optional<ProducerCreations> creations = this.producers.look(known);
		creations.ifPresent((found) -> assertThat(found.owner()).isEqualTo(ForeignProducers.OWNER));
		return creations.map(ProducerCreations::created).orElse(0);
	}

	private void create(String clientId) {
		this.open.add(new KafkaProducer<>(Map.of("bootstrap.servers", "localhost:1", "client.id", clientId),
				new StringSerializer(), new StringSerializer()));
	}

}
