package io.github.kafkaguardrails.setup;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.security.auth.login.Configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.security.jaas.KafkaJaasLoginModuleInitializer;
import org.springframework.util.ClassUtils;

/**
 * Finds out what the machine, the Java virtual machine and the class path offer to the
 * clients. It only looks for what the configuration of some client asks for.
 */
final class PlatformReader {

	private static final Set<String> SYSTEM_PROPERTIES = Set.of("org.apache.kafka.sasl.oauthbearer.allowed.urls",
			"org.apache.kafka.allowed.login.modules", "org.apache.kafka.disallowed.login.modules", "java.io.tmpdir");

	private static final Set<String> OPTIONAL_CLASSES = Set.of("org.jose4j.keys.resolvers.VerificationKeyResolver",
			"com.fasterxml.jackson.databind.ObjectMapper");

	private static final Set<String> FILES = Set.of("ssl.truststore.location", "ssl.keystore.location");

	private static final String JAAS_FILE = "java.security.auth.login.config";

	private final ExistingBeans beans;

	private final @Nullable ClassLoader classLoader;

	PlatformReader(ExistingBeans beans, @Nullable ClassLoader classLoader) {
		this.beans = beans;
		this.classLoader = classLoader;
	}

	/**
	 * The platform.
	 * @param clients the configurations of all clients
	 * @param lookUp whether the addresses of hosts may be looked up
	 */
	PlatformSetup read(List<ClientConfig> clients, boolean lookUp) {
		return new PlatformSetup(systemProperties(), missingClasses(), unreadableFiles(clients),
				lookUp ? SingleAddresses.among(clients) : Set.of(), jaasEntry(clients));
	}

	private static Map<String, String> systemProperties() {
		Map<String, String> values = new HashMap<>();
		for (String name : SYSTEM_PROPERTIES) {
			String value = System.getProperty(name);
			if (value != null) {
				values.put(name, value);
			}
		}
		return values;
	}

	private Set<String> missingClasses() {
		Set<String> missing = new HashSet<>();
		for (String name : OPTIONAL_CLASSES) {
			if (!ClassUtils.isPresent(name, this.classLoader)) {
				missing.add(name);
			}
		}
		return missing;
	}

	private static Set<String> unreadableFiles(List<ClientConfig> clients) {
		Set<String> unreadable = new HashSet<>();
		for (String file : files(clients)) {
			if (!readable(file)) {
				unreadable.add(file);
			}
		}
		return unreadable;
	}

	private static Set<String> files(List<ClientConfig> clients) {
		Set<String> files = new HashSet<>();
		for (ClientConfig client : clients) {
			for (String key : FILES) {
				ConfigValue value = client.given(key).orElse(null);
				if (value != null && value.value() instanceof String file) {
					files.add(file.trim());
				}
			}
		}
		return files;
	}

	private static boolean readable(String file) {
		try {
			Path path = Path.of(file);
			return Files.isReadable(path) && !Files.isDirectory(path);
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	private boolean jaasEntry(List<ClientConfig> clients) {
		boolean asked = asksForJaasEntry(clients);
		return asked && (System.getProperty(JAAS_FILE) != null
				|| !this.beans.ofType(KafkaJaasLoginModuleInitializer.class).isEmpty()
				|| !this.beans.ofType(Configuration.class).isEmpty() || installed());
	}

	private static boolean asksForJaasEntry(List<ClientConfig> clients) {
		for (ClientConfig client : clients) {
			if (client.string("security.protocol").toUpperCase(Locale.ROOT).startsWith("SASL_")
					&& client.given("sasl.jaas.config").isEmpty()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether code has installed an entry. Without a file this leaves no trace: the
	 * virtual machine gives up and tries anew when it is asked again.
	 */
	private static boolean installed() {
		try {
			return Configuration.getConfiguration()
				.getAppConfigurationEntry(KafkaJaasLoginModuleInitializer.KAFKA_CLIENT_CONTEXT_NAME) != null;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
