package io.github.kafkaguardrails.autoconfigure;

import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsRuntimeHints}. */
class KafkaGuardrailsRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	KafkaGuardrailsRuntimeHintsTests() {
		new KafkaGuardrailsRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
	}

	@Test
	void opensTheFieldsThatTheReaderNames() {
		JavaClasses readers = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages(KafkaSetup.class.getPackageName());
		Set<String> read = readers.stream()
			.flatMap((reader) -> reader.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().getSimpleName().equals("Fields")
					&& call.getTarget().getName().equals("read"))
			.flatMap((call) -> call.getOwner()
				.getReferencedClassObjects()
				.stream()
				.filter((type) -> type.getLineNumber() == call.getLineNumber()))
			.map(ReferencedClassObject::getRawType)
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(read).hasSizeGreaterThan(8).allSatisfy(this::hasFields);
	}

	/** Their class is not named where they are read. */
	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.kafka.listener.FailedRecordTracker",
			"org.springframework.kafka.core.DefaultKafkaConsumerFactory",
			"org.springframework.kafka.core.DefaultShareConsumerFactory",
			"org.springframework.kafka.core.DefaultKafkaProducerFactory",
			"org.springframework.kafka.config.AbstractKafkaListenerContainerFactory",
			"io.github.kafkaguardrails.setup.AmbiguousBeansReader$InjectionPoints" })
	void opensOtherFields(String type) throws ClassNotFoundException {
		assertThat(Class.forName(type).getDeclaredFields()).isNotEmpty();
		hasFields(type);
	}

	@ParameterizedTest
	@ValueSource(classes = { PitfallRule.class, StartupPitfallRule.class })
	void letsTheRulesBeCreated(Class<?> rules) {
		assertThat(ServiceLoader.load(rules).stream().map(ServiceLoader.Provider::type)).isNotEmpty()
			.allSatisfy((rule) -> assertThat(this.hints).as(rule.getName())
				.matches(RuntimeHintsPredicates.reflection()
					.onType(rule)
					.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "META-INF/services/io.github.kafkaguardrails.pitfall.PitfallRule",
			"META-INF/services/io.github.kafkaguardrails.pitfall.StartupPitfallRule",
			"META-INF/spring-configuration-metadata.json" })
	void keepsResources(String resource) {
		assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();
		assertThat(this.hints).matches(RuntimeHintsPredicates.resource().forResource(resource));
	}

	private void hasFields(String type) {
		assertThat(this.hints).as(type)
			.matches(RuntimeHintsPredicates.reflection()
				.onType(TypeReference.of(type))
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS));
	}

}
