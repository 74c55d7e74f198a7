package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.retrytopic.DefaultDestinationTopicProcessor;
import org.springframework.kafka.retrytopic.DestinationTopic;
import org.springframework.kafka.retrytopic.DestinationTopicContainer;
import org.springframework.kafka.retrytopic.RetryTopicConfigurer;
import org.springframework.kafka.support.TopicForRetryable;

import io.github.kafkaguardrails.setup.RetryTopicSetup.CreatedTopic;

/**
 * Follows the chain of retry topics that Spring Kafka has made for a listener.
 */
final class RetryTopicReader {

	private static final Log logger = LogFactory.getLog(RetryTopicReader.class);

	private static final int MAX_TOPICS = 1000;

	private final ExistingBeans beans;

	RetryTopicReader(ExistingBeans beans) {
		this.beans = beans;
	}

	/**
	 * The retry topics of a listener, or {@code null} when they do not show.
	 * @param topics topics of the listener
	 */
	@Nullable RetryTopicSetup read(String listenerId, String @Nullable [] topics) {
		DestinationTopicContainer chain = chain();
		if (chain == null || topics == null || topics.length == 0) {
			return null;
		}
		try {
			List<DestinationTopic> destinations = new ArrayList<>();
			boolean deadLetter = true;
			for (String topic : topics) {
				deadLetter &= follow(chain, listenerId, topic, destinations);
			}
			return new RetryTopicSetup(deadLetter, created(destinations));
		}
		catch (RuntimeException ex) {
			logger.debug("The retry topics of '" + listenerId + "' do not show", ex);
			return null;
		}
	}

	/** Spring Kafka registers a bean of this type without creating it. */
	private @Nullable DestinationTopicContainer chain() {
		for (RetryTopicConfigurer configurer : this.beans.ofType(RetryTopicConfigurer.class).values()) {
			Object processor = Fields.read(configurer, RetryTopicConfigurer.class, "destinationTopicProcessor");
			Object chain = (processor instanceof DefaultDestinationTopicProcessor)
					? Fields.read(processor, DefaultDestinationTopicProcessor.class, "destinationTopicResolver") : null;
			if (chain instanceof DestinationTopicContainer known) {
				return known;
			}
		}
		return null;
	}

	/** Whether the chain ends in a dead-letter topic. */
	private static boolean follow(DestinationTopicContainer chain, String listenerId, String topic,
			List<DestinationTopic> found) {
		String current = topic;
		for (int i = 0; i < MAX_TOPICS && current != null; i++) {
			DestinationTopic next = chain.getNextDestinationTopicFor(listenerId, current);
			if (next.isNoOpsTopic()) {
				return false;
			}
			found.add(next);
			if (next.isDltTopic()) {
				return true;
			}
			current = next.getDestinationName();
		}
		throw new IllegalStateException("No end after " + MAX_TOPICS + " topics");
	}

	private List<CreatedTopic> created(List<DestinationTopic> destinations) {
		Map<String, NewTopic> declared = new LinkedHashMap<>();
		declared().forEach((topic) -> declared.merge(topic.name(), topic,
				(left, right) -> (left instanceof TopicForRetryable) ? right : left));
		return destinations.stream()
			.map((destination) -> declared.get(String.valueOf(destination.getDestinationName())))
			.filter((topic) -> topic != null)
			.map((topic) -> new CreatedTopic(topic.name(), topic.numPartitions(), topic.replicationFactor()))
			.toList();
	}

	private List<NewTopic> declared() {
		List<NewTopic> topics = new ArrayList<>(this.beans.ofType(NewTopic.class).values());
		for (KafkaAdmin.NewTopics wrapper : this.beans.ofType(KafkaAdmin.NewTopics.class).values()) {
			if (Fields.read(wrapper, KafkaAdmin.NewTopics.class, "newTopics") instanceof Collection<?> wrapped) {
				wrapped.forEach((topic) -> topics.add((NewTopic) topic));
			}
		}
		return topics;
	}

}
