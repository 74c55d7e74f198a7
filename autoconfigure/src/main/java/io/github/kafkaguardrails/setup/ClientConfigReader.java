package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * Adds to each value that a client was given the place it comes from: the Spring property
 * that sets this key of this client and has this value, else Spring Boot's own default,
 * else the code that made the client.
 */
final class ClientConfigReader {

	private static final String SSL_ENGINE = "ssl.engine.factory.class";

	/** What Spring Boot gives to every client of its own when nothing is set. */
	private static final Map<String, Object> BOOT_DEFAULTS = Map.of("bootstrap.servers", "localhost:9092",
			"isolation.level", "read_uncommitted", "key.serializer", StringSerializer.class, "value.serializer",
			StringSerializer.class, "key.deserializer", StringDeserializer.class, "value.deserializer",
			StringDeserializer.class);

	private final List<ConfigValue> setProperties;

	private final Map<String, List<ConfigValue>> properties = new HashMap<>();

	private final Set<String> settableKeys = new HashSet<>();

	private final @Nullable ConnectionDetails connectionDetails;

	private final @Nullable String applicationName;

	ClientConfigReader(List<ConfigValue> setProperties, @Nullable ConnectionDetails connectionDetails,
			@Nullable String applicationName) {
		this.setProperties = setProperties;
		for (ConfigValue property : setProperties) {
			Optional<BootClientProperties.Target> target = BootClientProperties.target(property.key());
			if (target.isPresent()) {
				add(target.get(), property);
			}
		}
		this.connectionDetails = connectionDetails;
		this.applicationName = applicationName;
	}

	/**
	 * The configuration of a client.
	 * @param client kind of the client
	 * @param values what was given to it
	 * @param place the code that gave what no property explains, for example
	 * {@code bean 'ordersFactory'}
	 */
	ClientConfig read(ClientType client, Map<?, ?> values, String place) {
		Map<String, ConfigValue> given = new TreeMap<>();
		for (Map.Entry<?, ?> entry : values.entrySet()) {
			String name = String.valueOf(entry.getKey());
			given.put(name, value(client, name, entry.getValue(), place));
		}
		return ClientConfig.of(client, given.values());
	}

	/** One value of a client with its place. */
	ConfigValue value(ClientType client, String key, @Nullable Object value, String place) {
		if (this.connectionDetails != null && this.connectionDetails.supplied(client, key, value)) {
			return ConfigValue.of(key, value,
					ValueOrigin.code("connection details '" + this.connectionDetails.name() + "'"));
		}
		ConfigValue property = property(client, key, value);
		if (property != null) {
			return new ConfigValue(key, value, property.raw(), property.origin());
		}
		if (isDefault(client, key, value)) {
			return ConfigValue.of(key, value, ValueOrigin.frameworkDefault());
		}
		return ConfigValue.of(key, value, ValueOrigin.code(place));
	}

	/**
	 * The value of a Spring property, or {@code null} when it is not set.
	 * @param name canonical name
	 */
	@Nullable ConfigValue springProperty(String name) {
		return this.setProperties.stream()
			.filter((property) -> PropertyName.of(property.key()).matches(name))
			.findFirst()
			.orElse(null);
	}

	private void add(BootClientProperties.Target target, ConfigValue property) {
		this.settableKeys.add(target.key());
		List<ConfigValue> values = this.properties.get(target.property());
		if (values == null) {
			values = new ArrayList<>();
			this.properties.put(target.property(), values);
		}
		values.add(property);
	}

	private @Nullable ConfigValue property(ClientType client, String key, @Nullable Object value) {
		boolean bundle = key.equals(SslBundle.class.getName()) || isBundleEngine(key, value);
		String settableKey = bundle ? SSL_ENGINE : key;
		if (!this.settableKeys.contains(settableKey)) {
			return null;
		}
		for (String name : BootClientProperties.properties(client, settableKey)) {
			ConfigValue property = set(name);
			if (property != null && (bundle ? name.endsWith(".ssl.bundle")
					: ClientValueComparison.same(client, key, value, property.value()) || random(property, value))) {
				return property;
			}
		}
		return null;
	}

	/** Whether a random value may be this one: it is another one whenever it is asked. */
	private static boolean random(ConfigValue property, @Nullable Object value) {
		String raw = property.raw();
		if (raw == null || !raw.contains("${random.")) {
			return false;
		}
		String given = String.valueOf(value);
		return given.startsWith(raw.substring(0, raw.indexOf("${")))
				&& given.endsWith(raw.substring(raw.lastIndexOf('}') + 1));
	}

	/** A property by its canonical name; the elements of a list are put together. */
	private @Nullable ConfigValue set(String name) {
		List<ConfigValue> values = this.properties.get(name);
		if (values == null) {
			return null;
		}
		ConfigValue first = values.get(0);
		if (values.size() == 1) {
			return first;
		}
		return new ConfigValue(name, values.stream().map(ConfigValue::value).toList(),
				String.join(",", values.stream().map(ConfigValue::raw).toList()), first.origin());
	}

	private boolean isDefault(ClientType client, String key, @Nullable Object value) {
		Object bootDefault = BOOT_DEFAULTS.get(key);
		if (client == ClientType.STREAMS && key.equals("application.id")) {
			bootDefault = this.applicationName;
		}
		return bootDefault != null && ClientValueComparison.same(client, key, value, bootDefault);
	}

	private static boolean isBundleEngine(String key, @Nullable Object value) {
		return key.equals(SSL_ENGINE) && value == SslBundleSslEngineFactory.class;
	}

}
