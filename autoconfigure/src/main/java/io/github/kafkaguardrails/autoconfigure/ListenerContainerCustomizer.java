package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingCustomizer;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * What is done to each new listener container: error handling, and the safe defaults that
 * are settings of a container.
 */
final class ListenerContainerCustomizer {

	private static final Duration AUTH_RETRY_INTERVAL = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(ListenerContainerCustomizer.class);

	private final ErrorHandlingCustomizer errorHandling;

	private final boolean safeDefaults;

	private final ObjectProvider<PitfallInspection> inspection;

	/**
	 * The containers.
	 * @param errorHandling gives them their error handling
	 * @param safeDefaults whether to supply safe values
	 * @param inspection is told that there is another container
	 */
	ListenerContainerCustomizer(ErrorHandlingCustomizer errorHandling, boolean safeDefaults,
			ObjectProvider<PitfallInspection> inspection) {
		this.errorHandling = errorHandling;
		this.safeDefaults = safeDefaults;
		this.inspection = inspection;
	}

	void customize(AbstractMessageListenerContainer<?, ?> container,
			AbstractKafkaListenerContainerFactory<?, ?, ?> factory, boolean rollbackProcessor) {
		if (this.safeDefaults) {
			retryAuthentication(container.getContainerProperties(), factory);
		}
		this.errorHandling.customize(container, factory, rollbackProcessor);
		PitfallInspection inspection = this.inspection.getIfAvailable();
		if (inspection != null) {
			inspection.changed();
		}
	}

	/** Without it, one rotated credential stops a listener for good. */
	private static void retryAuthentication(ContainerProperties properties,
			AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
		if (factory.getConsumerFactory() == null || properties.getAuthExceptionRetryInterval() != null
				|| properties.isRestartAfterAuthExceptions()) {
			return;
		}
		Object protocol = factory.getConsumerFactory()
			.getConfigurationProperties()
			.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
		if (protocol != null && !"PLAINTEXT".equalsIgnoreCase(protocol.toString())) {
			properties.setAuthExceptionRetryInterval(AUTH_RETRY_INTERVAL);
			logger.debug("Safe default: authExceptionRetryInterval = " + AUTH_RETRY_INTERVAL);
		}
	}

}
