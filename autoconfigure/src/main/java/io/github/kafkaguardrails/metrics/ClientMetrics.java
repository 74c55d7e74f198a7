package io.github.kafkaguardrails.metrics;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Safe default: attaches Micrometer to factories that the user made by hand. Spring Boot
 * does so only for those that it makes. Runs once, when all singletons exist and before
 * any client does; a factory that has such a listener is left alone.
 *
 * @since 0.1.0
 */
public final class ClientMetrics implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ClientMetrics.class);

	private final ListableBeanFactory beans;

	private final ObjectProvider<MeterRegistry> registry;

	public ClientMetrics(ListableBeanFactory beans, ObjectProvider<MeterRegistry> registry) {
		this.beans = beans;
		this.registry = registry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		MeterRegistry meters = this.registry.getIfUnique();
		if (meters == null) {
			return;
		}
		Map<String, ?> consumers = this.beans.getBeansOfType(ConsumerFactory.class, false, false);
		for (Map.Entry<String, ?> factory : consumers.entrySet()) {
			attachToConsumers(factory.getKey(), (ConsumerFactory<?, ?>) factory.getValue(), meters);
		}
		Map<String, ?> producers = this.beans.getBeansOfType(ProducerFactory.class, false, false);
		for (Map.Entry<String, ?> factory : producers.entrySet()) {
			attachToProducers(factory.getKey(), (ProducerFactory<?, ?>) factory.getValue(), meters);
		}
		Map<String, ?> templates = this.beans.getBeansOfType(KafkaTemplate.class, false, false);
		for (Map.Entry<String, ?> template : templates.entrySet()) {
			attachToProducers(template.getKey(), ((KafkaTemplate<?, ?>) template.getValue()).getProducerFactory(),
					meters);
		}
	}

	private static <K, V> void attachToConsumers(String name, ConsumerFactory<K, V> factory, MeterRegistry meters) {
		if (!hasOne(MicrometerConsumerListener.class, factory.getListeners())) {
			factory.addListener(new MicrometerConsumerListener<>(meters));
			logger.debug("Safe default: client metrics of consumer factory '" + name + "'");
		}
	}

	private static <K, V> void attachToProducers(String name, ProducerFactory<K, V> factory, MeterRegistry meters) {
		if (!hasOne(MicrometerProducerListener.class, factory.getListeners())) {
			factory.addListener(new MicrometerProducerListener<>(meters));
			logger.debug("Safe default: client metrics of the producers of '" + name + "'");
		}
	}

	private static boolean hasOne(Class<?> type, List<?> listeners) {
		for (Object listener : listeners) {
			if (type.isInstance(listener)) {
				return true;
			}
		}
		return false;
	}

}
