package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.TemplateSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ObservabilityTracingDisabled}. */
class ObservabilityTracingDisabledTests {

	private static final String LISTENER = "spring.kafka.listener.observation-enabled";

	private final ObservabilityTracingDisabled rule = new ObservabilityTracingDisabled();

	@Test
	void flagsAListenerWithoutObservations() {
		assertThat(this.rule.check(withListener(traced(), "false").build())).hasSize(1);
	}

	@Test
	void ignoresAListenerWithObservations() {
		assertThat(this.rule.check(withListener(traced(), "true").build())).isEmpty();
	}

	@Test
	void flagsATemplateWithoutObservations() {
		assertThat(this.rule.check(withTemplate(traced(), false).build())).singleElement().satisfies((finding) -> {
			assertThat(finding.subject()).hasToString("producer 'factory'");
			assertThat(finding.harm()).contains("template 'orders'");
			assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.template.observation-enabled: true");
		});
	}

	@Test
	void ignoresATemplateWithObservationsOrOneThatDoesNotTell() {
		assertThat(this.rule.check(withTemplate(traced(), true).build())).isEmpty();
		assertThat(this.rule.check(withTemplate(traced(), null).build())).isEmpty();
	}

	@Test
	void ignoresAnApplicationWithoutTracer() {
		assertThat(this.rule.check(withTemplate(withListener(application(), "false"), false).build())).isEmpty();
	}

	@Test
	void mentionsWhatBatchesNeed() {
		assertThat(this.rule.check(traced().withListener("orders", (listener) -> {
			listener.type = ContainerSetup.Type.BATCH;
			listener.bootValues.put(LISTENER, "false");
		}).build()).get(0).fixes()).extracting((fix) -> fix.text())
			.anyMatch((text) -> text.contains("setRecordObservationsInBatch(true)"));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(withListener(traced(), "false").build()).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(LISTENER + " = false (Spring default)");
		assertThat(finding.fixes().get(0).text()).isEqualTo(LISTENER + ": true");
		assertThat(this.rule.check(withListener(traced().withProperty(LISTENER, "false"), "false").build())
			.get(0)
			.evidence()).extracting(Object::toString).containsExactly(LISTENER + " = false (application.yml:12:13)");
	}

	private static TestSetup traced() {
		return application().with((setup) -> setup.tracer = true);
	}

	private static TestSetup withListener(TestSetup setup, String observed) {
		return setup.withListener("orders", (listener) -> listener.bootValues.put(LISTENER, observed));
	}

	private static TestSetup withTemplate(TestSetup setup, @Nullable Boolean observed) {
		return setup.withProducer("factory",
				(producer) -> producer.templates = List.of(new TemplateSetup("orders", observed, false, List.of())));
	}

}
