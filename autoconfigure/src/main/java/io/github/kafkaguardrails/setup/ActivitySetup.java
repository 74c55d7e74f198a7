package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What was observed of the application's clients and containers while they were running.
 * A picture: nothing here asks them again. It holds names, counts and class names, never
 * contents of records, and is bounded by the limits of the collectors.
 *
 * @param uptime how long the application has been observed
 * @param clients producers and the consumers of listener containers that exist
 * @param creations producers created, by factory
 * @param containers listener containers
 * @param sends what templates sent
 * @param endings records whose handling ended or could not be ended
 * @param keyless records without a key that listeners with order by key have seen
 * @param streams Kafka Streams applications
 * @since 0.1.0
 */
public record ActivitySetup(Duration uptime, List<ClientActivity> clients, List<ProducerCreations> creations,
		List<ContainerActivity> containers, SendActivity sends, List<EndedRecords> endings,
		List<KeylessRecords> keyless, List<StreamsActivity> streams) {

	/** Before the first sample. */
	public static final ActivitySetup NONE = new ActivitySetup(Duration.ZERO, List.of(), List.of(), List.of(),
			SendActivity.NONE, List.of(), List.of(), List.of());

	public ActivitySetup {
		clients = List.copyOf(clients);
		creations = List.copyOf(creations);
		containers = List.copyOf(containers);
		endings = List.copyOf(endings);
		keyless = List.copyOf(keyless);
		streams = List.copyOf(streams);
	}

	/** Whether anything has been observed yet. */
	public boolean observed() {
		return !equals(NONE);
	}

	/**
	 * The clients of one kind that belong to a bean or listener.
	 * @param type the kind of client
	 * @param owner bean name of a factory or template, or id of a listener
	 */
	public List<ClientActivity> clients(ClientType type, String owner) {
		return this.clients.stream().filter((client) -> client.type() == type && client.owner().equals(owner)).toList();
	}

	/** The container of a listener; empty when it was not observed. */
	public Optional<ContainerActivity> container(String listener) {
		return this.containers.stream().filter((container) -> container.listener().equals(listener)).findFirst();
	}

	/** A fact that was observed. */
	public static ConfigValue fact(String name, Object value) {
		return ConfigValue.of(name, value, ValueOrigin.observed());
	}

	/**
	 * How many producers a factory has created.
	 *
	 * @param owner bean name of the factory, or of the template that owns it
	 * @param created producers created during the last {@link #WINDOW}, at most
	 * {@link #LIMIT}
	 * @param open producers of the factory that are open now
	 */
	public record ProducerCreations(String owner, int created, int open) {

		/** The time over which creations are counted. */
		public static final Duration WINDOW = Duration.ofMinutes(10);

		/** Further creations are not counted. */
		public static final int LIMIT = 1000;

	}

	/**
	 * State of a listener container.
	 *
	 * @param listener listener id
	 * @param running whether it runs
	 * @param expected whether that is what somebody asked for; {@code false} when it, or
	 * one of its consumers, has stopped by itself
	 * @param paused whether somebody has asked it to pause
	 * @param stopReason why a consumer stopped by itself last, the name of a constant of
	 * {@code ConsumerStoppedEvent.Reason}, or {@code null} when none did
	 */
	public record ContainerActivity(String listener, boolean running, boolean expected, boolean paused,
			@Nullable String stopReason) {

	}

	/**
	 * Records of one topic that one exception brought to an end.
	 *
	 * @param listener listener id
	 * @param topic topic that the records were written to first
	 * @param exception class name of the exception
	 * @param outcome what became of them
	 * @param count how many since the start of the application
	 * @param last how long ago the last of them was
	 */
	public record EndedRecords(String listener, String topic, String exception, Outcome outcome, long count,
			Duration last) {

		/** What became of a record. */
		public enum Outcome {

			/** It was written to a dead-letter topic. */
			DEAD_LETTERED,

			/** It was logged and lost. */
			SKIPPED,

			/** It could not be brought to an end, for example not be written. */
			FAILED

		}

	}

	/**
	 * Records without a key of a listener whose error handling keeps the order of keys.
	 *
	 * @param listener listener id
	 * @param count how many deliveries since the start of the application
	 */
	public record KeylessRecords(String listener, long count) {

	}

	/**
	 * State of a Kafka Streams application.
	 *
	 * @param name bean name
	 * @param state name of a constant of {@code KafkaStreams.State}
	 */
	public record StreamsActivity(String name, String state) {

	}

}
