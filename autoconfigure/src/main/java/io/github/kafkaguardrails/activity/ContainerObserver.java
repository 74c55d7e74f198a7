package io.github.kafkaguardrails.activity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.setup.ActivitySetup.ContainerActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;

/**
 * Looks at listener containers and at the metrics of their consumers. What a container
 * does not support is left out.
 *
 * @since 0.1.0
 */
public final class ContainerObserver {

	private static final Log logger = LogFactory.getLog(ContainerObserver.class);

	private final Supplier<Collection<MessageListenerContainer>> containers;

	private final AbnormalStops stops;

	/**
	 * An observer.
	 * @param containers the containers as they are when asked
	 * @param stops why consumers stopped
	 */
	public ContainerObserver(Supplier<Collection<MessageListenerContainer>> containers, AbnormalStops stops) {
		this.containers = containers;
		this.stops = stops;
	}

	List<ContainerActivity> states() {
		List<ContainerActivity> states = new ArrayList<>();
		for (MessageListenerContainer container : this.containers.get()) {
			try {
				states.add(state(container));
			}
			catch (UnsupportedOperationException ex) {
				logger.debug("Container " + container + " does not tell its state", ex);
			}
		}
		return states;
	}

	private ContainerActivity state(MessageListenerContainer container) {
		ConsumerStoppedEvent.Reason reason = this.stops.reason(container);
		return new ContainerActivity(container.getListenerId(), container.isRunning(), container.isInExpectedState(),
				container.isPauseRequested(), (reason != null) ? reason.name() : null);
	}

	/**
	 * The values of the consumers' metrics. The lag of partitions that somebody has
	 * paused does not count.
	 */
	Map<ClientKey, Map<Metric, Double>> consumers() {
		Map<ClientKey, Map<Metric, Double>> consumers = new HashMap<>();
		for (MessageListenerContainer container : this.containers.get()) {
			try {
				Collection<TopicPartition> assigned = container.getAssignedPartitions();
				Set<TopicPartition> partitions = (assigned != null) ? Set.copyOf(assigned) : Set.of();
				container.metrics()
					.forEach((clientId, metrics) -> consumers.put(
							new ClientKey(ClientType.CONSUMER, container.getListenerId(), clientId),
							MetricsReader.read(metrics, (partition) -> partitions.contains(partition)
									&& !container.isPartitionPauseRequested(partition))));
			}
			catch (UnsupportedOperationException ex) {
				logger.debug("Container " + container + " does not tell its consumers", ex);
			}
		}
		return consumers;
	}

}
