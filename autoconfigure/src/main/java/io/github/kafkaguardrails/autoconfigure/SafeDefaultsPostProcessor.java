package io.github.kafkaguardrails.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Supplies safe values of {@code spring.kafka.*} where the user has set no spelling of
 * the key, and lists them in the last property source, so that the environment shows
 * them.
 */
final class SafeDefaultsPostProcessor implements BeanPostProcessor, PriorityOrdered {

	static final String PROPERTY_SOURCE = "kafkaGuardrailsSafeDefaults";

	private static final String ISOLATION_LEVEL = "spring.kafka.consumer.isolation-level";

	private static final Log logger = LogFactory.getLog(SafeDefaultsPostProcessor.class);

	private final ConfigurableEnvironment environment;

	SafeDefaultsPostProcessor(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return PriorityOrdered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof KafkaProperties properties) {
			Map<String, Object> supplied = new LinkedHashMap<>();
			readCommitted(properties, supplied);
			if (!supplied.isEmpty()) {
				this.environment.getPropertySources().addLast(new MapPropertySource(PROPERTY_SOURCE, supplied));
				supplied.forEach((name, value) -> logger.debug("Safe default: " + name + " = " + value));
			}
		}
		return bean;
	}

	/** A transactional application must not read what was rolled back. */
	private void readCommitted(KafkaProperties properties, Map<String, Object> supplied) {
		if (StringUtils.hasText(properties.getProducer().getTransactionIdPrefix()) && !isSet(ISOLATION_LEVEL)
				&& !properties.getConsumer().getProperties().containsKey("isolation.level")) {
			properties.getConsumer().setIsolationLevel(KafkaProperties.IsolationLevel.READ_COMMITTED);
			supplied.put(ISOLATION_LEVEL, "read_committed");
		}
	}

	private boolean isSet(String property) {
		return Binder.get(this.environment).bind(property, String.class).isBound();
	}

}
