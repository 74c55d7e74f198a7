package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ObservabilityDuplicateClientId}. */
class ObservabilityDuplicateClientIdTests {

	private static final String PROPERTY = "spring.kafka.client-id";

	private final ObservabilityDuplicateClientId rule = new ObservabilityDuplicateClientId();

	@Test
	void flagsTwoListenersWithTheSameId() {
		assertThat(listeners((second) -> {
		})).extracting((finding) -> finding.subject().name()).containsExactly("first", "second");
	}

	@Test
	void ignoresDifferentIds() {
		assertThat(listeners((second) -> second.code("client.id", "audit"))).isEmpty();
	}

	@Test
	void ignoresListenersWithoutId() {
		assertThat(this.rule.check(application().withListener("first", (listener) -> {
		}).withListener("second", (listener) -> {
		}).build())).isEmpty();
	}

	@Test
	void ignoresIdsThatTheNumbersTellApart() {
		assertThat(listeners((second) -> second.clientIdSuffix = false)).isEmpty();
	}

	@Test
	void findsAnIdThatOnlyANumberMakesEqual() {
		assertThat(listeners((second) -> {
			second.clientIdSuffix = false;
			second.code("client.id", "shop-1");
		})).isEmpty();
		assertThat(this.rule.check(application().withListener("first", (listener) -> {
			listener.concurrency = 2;
			listener.code("client.id", "shop");
		}).withListener("second", (listener) -> {
			listener.clientIdSuffix = false;
			listener.code("client.id", "shop-1");
		}).build())).hasSize(2);
	}

	@Test
	void flagsTwoProducerFactoriesWithTheSameId() {
		assertThat(producers((second) -> {
		})).hasSize(2);
	}

	@Test
	void ignoresAFactoryThatNobodySendsThroughAndOneThatMayChangeTheId() {
		assertThat(producers((second) -> second.templates = List.of())).isEmpty();
		assertThat(producers((second) -> second.customized = true)).isEmpty();
	}

	@Test
	void aProducerAndAConsumerMayShareAnId() {
		assertThat(this.rule
			.check(application().withListener("first", (listener) -> listener.property("client.id", PROPERTY, "shop"))
				.withProducer("factory", (producer) -> producer.property("client.id", PROPERTY, "shop"))
				.build()))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = listeners((second) -> {
		}).get(0);
		assertThat(finding.harm())
			.startsWith("listener 'first' and listener 'second' have clients with the id shop-0:");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("client.id = shop (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("@KafkaListener(clientIdPrefix = \"<purpose>\", ...) for each listener", PROPERTY);
		assertThat(producers((second) -> {
		}).get(0).fixes()).hasSize(1);
	}

	private List<Finding> listeners(Consumer<ListenerBuilder> customizer) {
		KafkaSetup setup = application()
			.withListener("first", (listener) -> listener.property("client.id", PROPERTY, "shop"))
			.withListener("second", (listener) -> {
				listener.property("client.id", PROPERTY, "shop");
				customizer.accept(listener);
			})
			.build();
		return this.rule.check(setup);
	}

	private List<Finding> producers(Consumer<ProducerBuilder> customizer) {
		KafkaSetup setup = application()
			.withProducer("first", (producer) -> producer.framework("client.id", "shop-producer"))
			.withProducer("second", (producer) -> {
				producer.framework("client.id", "shop-producer");
				customizer.accept(producer);
			})
			.build();
		return this.rule.check(setup);
	}

}
