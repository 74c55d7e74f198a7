package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Describes producer factories, and templates that have a copy of a factory of their own
 * because they override settings.
 */
final class ProducerReader {

	private static final String PREFIX_PROPERTY = "spring.kafka.producer.transaction-id-prefix";

	private static final String DEFAULT_TOPIC_PROPERTY = "spring.kafka.template.default-topic";

	private final ExistingBeans beans;

	private final ClientConfigReader configs;

	private final SerdeReader serdes;

	private final TemplateReader templates;

	private final @Nullable String applicationName;

	/**
	 * A reader.
	 * @param applicationName name of the application, or {@code null} when it has none
	 */
	ProducerReader(ExistingBeans beans, ClientConfigReader configs, SerdeReader serdes, TemplateReader templates,
			@Nullable String applicationName) {
		this.beans = beans;
		this.configs = configs;
		this.serdes = serdes;
		this.templates = templates;
		this.applicationName = applicationName;
	}

	List<ProducerSetup> read() {
		Map<String, ProducerFactory<?, ?>> factories = new TreeMap<>();
		for (Map.Entry<String, ?> bean : this.beans.ofType(ProducerFactory.class).entrySet()) {
			factories.put(bean.getKey(), (ProducerFactory<?, ?>) bean.getValue());
		}
		Map<String, Map<String, KafkaTemplate<?, ?>>> templates = templates(factories);
		List<ProducerSetup> producers = new ArrayList<>();
		for (Map.Entry<String, ProducerFactory<?, ?>> factory : factories.entrySet()) {
			String name = factory.getKey();
			ProducerSetup producer = producer(name, factory.getValue(), templates.getOrDefault(name, Map.of()));
			if (producer != null) {
				producers.add(producer);
			}
		}
		return producers;
	}

	/**
	 * The templates by the names of their factories. A factory that is no bean is added
	 * with the name of its template.
	 */
	private Map<String, Map<String, KafkaTemplate<?, ?>>> templates(Map<String, ProducerFactory<?, ?>> factories) {
		Map<String, Map<String, KafkaTemplate<?, ?>>> templates = new TreeMap<>();
		for (Map.Entry<String, ?> bean : this.beans.ofType(KafkaTemplate.class).entrySet()) {
			KafkaTemplate<?, ?> template = (KafkaTemplate<?, ?>) bean.getValue();
			ProducerFactory<?, ?> factory = factory(template);
			if (factory != null) {
				String known = ExistingBeans.nameOf(factories, factory);
				String owner = (known != null) ? known : bean.getKey();
				factories.putIfAbsent(owner, factory);
				Map<String, KafkaTemplate<?, ?>> owned = templates.getOrDefault(owner, new TreeMap<>());
				owned.put(bean.getKey(), template);
				templates.put(owner, owned);
			}
		}
		return templates;
	}

	private static @Nullable ProducerFactory<?, ?> factory(KafkaTemplate<?, ?> template) {
		try {
			return template.getProducerFactory();
		}
		catch (UnsupportedOperationException ex) {
			// a routing template: the factories that it chooses from are beans
			return null;
		}
	}

	private @Nullable ProducerSetup producer(String name, ProducerFactory<?, ?> factory,
			Map<String, KafkaTemplate<?, ?>> templates) {
		Map<String, Object> values = GivenConfiguration.of(factory::getConfigurationProperties);
		if (values == null) {
			return null;
		}
		String place = "bean '" + name + "'";
		String prefix = factory.getTransactionIdPrefix();
		ClientConfig config = this.configs.read(ClientType.PRODUCER, values, place);
		if (prefix != null) {
			config = transactional(config, prefix);
		}
		if (factory instanceof DefaultKafkaProducerFactory) {
			config = identified(config);
		}
		return new ProducerSetup(name, described(templates, factory), defaultTopics(templates), config,
				this.serdes.serializer(factory, config, true), this.serdes.serializer(factory, config, false),
				(prefix != null) ? value("transaction-id-prefix", prefix, PREFIX_PROPERTY, place) : null,
				this.beans.declaredIn(name, KafkaAutoConfiguration.class), customized(factory),
				MetricsListeners.attached(factory.getListeners()),
				factory instanceof DefaultKafkaProducerFactory<?, ?> known && known.isProducerPerThread());
	}

	/** Spring Kafka derives the client id from the application's name. */
	private ClientConfig identified(ClientConfig config) {
		if (this.applicationName == null || config.given(ProducerConfig.CLIENT_ID_CONFIG).isPresent()) {
			return config;
		}
		List<ConfigValue> values = new ArrayList<>(config.given());
		values.add(ConfigValue.of(ProducerConfig.CLIENT_ID_CONFIG, this.applicationName + "-producer",
				ValueOrigin.frameworkDefault()));
		return ClientConfig.of(ClientType.PRODUCER, values);
	}

	/** Spring Kafka adds both when it creates a transactional producer. */
	private static ClientConfig transactional(ClientConfig config, String prefix) {
		List<ConfigValue> values = new ArrayList<>(config.given());
		values
			.add(ConfigValue.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + "0", ValueOrigin.frameworkDefault()));
		ConfigValue idempotence = config.get(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG);
		if (idempotence.origin().kind() == ValueOrigin.Kind.CODE && Boolean.TRUE.equals(idempotence.value())) {
			values.add(ConfigValue.of(idempotence.key(), true, ValueOrigin.frameworkDefault()));
		}
		return ClientConfig.of(ClientType.PRODUCER, values);
	}

	private List<TemplateSetup> described(Map<String, KafkaTemplate<?, ?>> templates, ProducerFactory<?, ?> factory) {
		List<TemplateSetup> described = new ArrayList<>();
		for (Map.Entry<String, KafkaTemplate<?, ?>> template : templates.entrySet()) {
			described.add(this.templates.read(template.getKey(), template.getValue(), factory));
		}
		return described;
	}

	private List<ConfigValue> defaultTopics(Map<String, KafkaTemplate<?, ?>> templates) {
		List<ConfigValue> topics = new ArrayList<>();
		for (Map.Entry<String, KafkaTemplate<?, ?>> template : templates.entrySet()) {
			String topic = template.getValue().getDefaultTopic();
			if (StringUtils.hasText(topic)) {
				topics.add(value("default-topic", topic, DEFAULT_TOPIC_PROPERTY, "bean '" + template.getKey() + "'"));
			}
		}
		return topics;
	}

	/** A value of a bean, which the property has set if it says the same. */
	private ConfigValue value(String key, String value, String propertyName, String place) {
		ConfigValue property = this.configs.springProperty(propertyName);
		if (property != null && value.equals(String.valueOf(property.value()))) {
			return new ConfigValue(key, value, property.raw(), property.origin());
		}
		return ConfigValue.of(key, value, ValueOrigin.code(place));
	}

	private static boolean customized(ProducerFactory<?, ?> factory) {
		Class<?> type = ClassUtils.getUserClass(factory);
		return !(factory instanceof DefaultKafkaProducerFactory)
				|| overrides(ReflectionUtils.findMethod(type, "createRawProducer", Map.class))
				|| overrides(ReflectionUtils.findMethod(type, "createKafkaProducer"));
	}

	private static boolean overrides(@Nullable Method method) {
		return method != null && method.getDeclaringClass() != DefaultKafkaProducerFactory.class;
	}

}
