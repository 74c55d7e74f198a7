package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link GuardrailsLazyListeners}. */
class GuardrailsLazyListenersTests {

	private final GuardrailsLazyListeners rule = new GuardrailsLazyListeners();

	@Test
	void flagsALazyApplicationThatShowsNoListener() {
		assertThat(this.rule.check(lazy().withConsumer("kafkaConsumerFactory", (consumer) -> {
		}).build())).hasSize(1);
	}

	@Test
	void ignoresALazyApplicationWithAListener() {
		assertThat(this.rule.check(lazy().withConsumer("kafkaConsumerFactory", (consumer) -> {
		}).withListener("orders", (listener) -> {
		}).build())).isEmpty();
	}

	@Test
	void ignoresALazyApplicationThatCannotConsume() {
		assertThat(this.rule.check(lazy().withProducer("kafkaProducerFactory", (producer) -> {
		}).build())).isEmpty();
	}

	@Test
	void ignoresAnEagerApplication() {
		assertThat(this.rule.check(application().withConsumer("kafkaConsumerFactory", (consumer) -> {
		}).build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(lazy().withConsumer("kafkaConsumerFactory", (consumer) -> {
		}).build()).get(0);
		assertThat(finding.subject()).hasToString("application");
		assertThat(finding.evidence()).singleElement()
			.hasToString("spring.main.lazy-initialization = true (the application's properties or SpringApplication)");
		assertThat(finding.harm()).contains("If the application has @KafkaListener methods, they consume nothing");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("annotate the beans that hold @KafkaListener methods with @Lazy(false)",
					"spring.main.lazy-initialization: false");
	}

	private static TestSetup lazy() {
		return application().with((setup) -> setup.lazyInitialization = true);
	}

}
