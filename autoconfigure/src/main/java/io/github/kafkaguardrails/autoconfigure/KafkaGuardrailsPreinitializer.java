package io.github.kafkaguardrails.autoconfigure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.context.support.GenericApplicationContext;

import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

/**
 * Inspects an empty application while Spring Boot creates the beans of the real one. The
 * inspection at start-up then finds more than a hundred rules, and the definitions of the
 * clients, loaded: they are most of what it costs. Runs on the thread that Spring Boot
 * has for this, if it has one; the result is dropped, and so is a failure.
 */
final class KafkaGuardrailsPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), getClass().getClassLoader());
		try (GenericApplicationContext empty = new GenericApplicationContext()) {
			KafkaSetup setup = new KafkaSetupReader(empty, catalogue.ids(), List.of()).read();
			catalogue.check(setup, new PitfallSettings(Enforcement.OFF, Map.of(), List.of()), LocalDate.EPOCH);
		}
	}

}
