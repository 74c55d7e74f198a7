package io.github.kafkaguardrails.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PlatformReader} and {@link SingleAddresses}. */
class PlatformReaderTests {

	private static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

	private final ApplicationContextRunner runner = ReaderRunner.runner();

	@AfterEach
	void forgetTheEntry() {
		Configuration.setConfiguration(null);
	}

	@Test
	void readsTheSystemPropertiesOfKafka() {
		assertThat(read(this.runner).systemProperties()).containsKey("java.io.tmpdir").doesNotContainKey(URLS);
		assertThat(read(this.runner.withSystemProperties(URLS + "=https://idp/token")).systemProperties())
			.containsEntry(URLS, "https://idp/token");
	}

	@Test
	void tellsWhichLibrariesAreMissing() {
		assertThat(read(this.runner).missingClasses()).isEmpty();
		assertThat(read(this.runner
			.withClassLoader(new FilteredClassLoader("org.jose4j.", "com.fasterxml.jackson.databind.ObjectMapper")))
			.missingClasses()).containsExactlyInAnyOrder("org.jose4j.keys.resolvers.VerificationKeyResolver",
					"com.fasterxml.jackson.databind.ObjectMapper");
	}

	@Test
	void tellsWhichStoresAreNoReadableFiles(@TempDir Path folder) throws IOException {
		Path store = Files.writeString(folder.resolve("trust.jks"), "x");
		assertThat(read(this.runner.withPropertyValues("spring.kafka.properties.ssl.truststore.location=" + store,
				"spring.kafka.producer.properties.ssl.keystore.location=classpath:key.jks",
				"spring.kafka.consumer.properties.ssl.keystore.location=" + folder))
			.unreadableFiles()).containsExactlyInAnyOrder("classpath:key.jks", folder.toString());
	}

	@Test
	void looksUpHostsThatStandAloneOutsideDevelopment() {
		assertThat(
				read(this.runner.withPropertyValues("spring.kafka.bootstrap-servers=192.0.2.1:9092")).singleAddresses())
			.containsExactly("192.0.2.1:9092");
		assertThat(read(this.runner.withPropertyValues("spring.kafka.bootstrap-servers=192.0.2.1:9092,192.0.2.2:9092"))
			.singleAddresses()).isEmpty();
		assertThat(read(this.runner.withPropertyValues("spring.kafka.bootstrap-servers=192.0.2.1:9092",
				"spring.profiles.active=dev"))
			.singleAddresses()).isEmpty();
		assertThat(read(this.runner.withPropertyValues("spring.kafka.bootstrap-servers=no.such.host.invalid:9092"))
			.singleAddresses()).isEmpty();
	}

	@Test
	void seesAJaasEntryBesideTheProperty() {
		ApplicationContextRunner sasl = this.runner.withPropertyValues("spring.kafka.security.protocol=SASL_SSL");
		assertThat(read(sasl).jaasEntry()).isFalse();
		assertThat(read(sasl.withPropertyValues("spring.kafka.jaas.enabled=true")).jaasEntry()).isTrue();
		assertThat(read(sasl.withSystemProperties("java.security.auth.login.config=/etc/jaas.conf")).jaasEntry())
			.isTrue();
		assertThat(read(sasl.withBean(Configuration.class, () -> new Entries("Other"))).jaasEntry()).isTrue();
		Configuration.setConfiguration(new Entries("Other"));
		assertThat(read(sasl).jaasEntry()).isFalse();
		Configuration.setConfiguration(new Entries("KafkaClient"));
		assertThat(read(sasl).jaasEntry()).isTrue();
	}

	@Test
	void looksForAJaasEntryOnlyIfAClientNeedsIt() {
		Configuration.setConfiguration(new Entries("KafkaClient"));
		assertThat(read(this.runner).jaasEntry()).isFalse();
		assertThat(read(this.runner.withPropertyValues("spring.kafka.security.protocol=SASL_SSL",
				"spring.kafka.properties.sasl.jaas.config=x.PlainLoginModule required;"))
			.jaasEntry()).isFalse();
	}

	@Test
	void seesATracer() {
		ReaderRunner.picture(this.runner, (setup) -> assertThat(setup.application().tracer()).isFalse());
		ReaderRunner.picture(this.runner.withBean(Tracer.class, () -> Tracer.NOOP),
				(setup) -> assertThat(setup.application().tracer()).isTrue());
		ReaderRunner.picture(this.runner.withClassLoader(new FilteredClassLoader(Tracer.class)),
				(setup) -> assertThat(setup.application().tracer()).isFalse());
	}

	private static PlatformSetup read(ApplicationContextRunner runner) {
		PlatformSetup[] platform = new PlatformSetup[1];
		ReaderRunner.picture(runner, (setup) -> platform[0] = setup.application().platform());
		return platform[0];
	}

	private static final class Entries extends Configuration {

		private final String name;

		private Entries(String name) {
			this.name = name;
		}

		@Override
		public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
			return name.equals(this.name)
					? new AppConfigurationEntry[] {
							new AppConfigurationEntry("x.LoginModule", LoginModuleControlFlag.REQUIRED, Map.of()) }
					: null;
		}

	}

}
