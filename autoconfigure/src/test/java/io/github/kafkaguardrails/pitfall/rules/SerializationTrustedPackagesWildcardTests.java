package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationTrustedPackagesWildcard}. */
class SerializationTrustedPackagesWildcardTests {

	private static final String KEY = "spring.json.trusted.packages";

	private static final String PROPERTY = "spring.kafka.consumer.properties." + KEY;

	private static final String JSON = JacksonJsonDeserializer.class.getName();

	private final SerializationTrustedPackagesWildcard rule = new SerializationTrustedPackagesWildcard();

	@ParameterizedTest
	@ValueSource(strings = { "*", "com.example, *", "*,com.example" })
	void flagsTheWildcard(String packages) {
		assertThat(check(packages, (listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.example", "com.example.*", "" })
	void ignoresNamedPackages(String packages) {
		assertThat(check(packages, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresListenersThatDoNotUseTypeHeaders() {
		assertThat(check("*", (listener) -> listener.code("spring.json.use.type.headers", false))).isEmpty();
	}

	@Test
	void ignoresListenersWithATypeMethod() {
		assertThat(check("*", (listener) -> listener.code("spring.json.value.type.method", "com.example.Types.typeOf")))
			.isEmpty();
	}

	@Test
	void flagsADelegate() {
		assertThat(check("*", (listener) -> listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING,
				false, true, JSON, null)))
			.hasSize(1);
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.property(KEY, PROPERTY, "*");
			listener.keyDeserializer = SerdeSetup.ofClass(JSON);
		}))).hasSize(1);
	}

	@Test
	void ignoresOtherDeserializersWhichDoNotReadTheSetting() {
		assertThat(this.rule.check(listener((listener) -> listener.property(KEY, PROPERTY, "*")))).isEmpty();
	}

	@Test
	void ignoresAnObjectWhoseSettingsAreNotKnown() {
		assertThat(check("*", (listener) -> listener.valueDeserializer = new SerdeSetup(JSON, true, false, null, null)))
			.isEmpty();
	}

	@Test
	void ignoresAListWhichSpringDoesNotRead() {
		assertThat(check("com.example", (listener) -> listener.code(KEY, List.of("*")))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("*",
				(listener) -> listener.methods = List
					.of(new ListenerMethod("com.example.Orders", "handle", ListenerMethod.AcknowledgmentParameter.NONE,
							false, ListenerMethod.ReturnKind.SYNCHRONOUS, "void", false, "com.acme.orders.Order")))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("spring.json.trusted.packages = * (application.yml:12:13)");
		assertThat(finding.harm()).startsWith("Whoever can write to the topic chooses");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly(PROPERTY + ": com.acme.orders",
					"set spring.json.use.type.headers to false and name a default type");
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check("*", (listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void namesAnExampleWhenThePayloadIsAClassOfJava() {
		assertThat(check("*", (listener) -> {
		})).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.isEqualTo(PROPERTY + ": com.example.events"));
	}

	@Test
	void inventsNoPropertyForAValueThatCodeSets() {
		assertThat(check("*", (listener) -> listener.code(KEY, "*"))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text()).startsWith("name the packages"));
	}

	private List<Finding> check(String packages, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.property(KEY, PROPERTY, packages);
			listener.valueDeserializer = SerdeSetup.ofClass(JSON);
			customizer.accept(listener);
		}));
	}

}
