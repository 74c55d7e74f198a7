package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a listener container.
 *
 * @param type what the container calls
 * @param factory bean name of the container factory, or {@code null} when it is not known
 * @param consumerFactory bean name of the consumer factory, or {@code null} when it is
 * not known
 * @param ackMode effective ack mode, the name of a constant of
 * {@code ContainerProperties.AckMode}; of a share group's container the name of a
 * constant of {@code ContainerProperties.ShareAckMode}
 * @param asyncAcks whether acknowledgements may arrive out of order (set, or because the
 * listener method is asynchronous)
 * @param concurrency number of consumers
 * @param transactional whether a Kafka transaction manager is set
 * @param autoStartup whether the container starts with the application
 * @param authExceptionRetryInterval pause after an authentication or authorization error,
 * or {@code null} when such an error stops the container
 * @param bootValues values of the container by the name of the Spring Boot property that
 * would set them, for example {@code spring.kafka.listener.ack-mode} to {@code MANUAL},
 * or to an empty text when the container has no value; without those that the listener's
 * annotation sets
 * @param clientIdSuffix whether the client id of each consumer ends in its number
 * @param commonErrorHandler whether an error handler is set, whoever set it
 * @param restartAfterAuthExceptions whether the container starts again after an
 * authentication or authorization error stopped it
 * @param groupInstanceIds the {@code group.instance.id} of each of its consumers; empty
 * when they are no static members of their group
 * @since 0.1.0
 */
public record ContainerSetup(Type type, @Nullable String factory, @Nullable String consumerFactory, String ackMode,
		boolean asyncAcks, int concurrency, boolean transactional, boolean autoStartup,
		@Nullable Duration authExceptionRetryInterval, Map<String, String> bootValues, boolean clientIdSuffix,
		boolean commonErrorHandler, boolean restartAfterAuthExceptions, List<String> groupInstanceIds) {

	public ContainerSetup {
		bootValues = Map.copyOf(bootValues);
		groupInstanceIds = List.copyOf(groupInstanceIds);
	}

	/** Whether the listener acknowledges by itself. */
	public boolean manualAck() {
		return this.ackMode.startsWith("MANUAL");
	}

	/** What a container calls. */
	public enum Type {

		/** A record listener. */
		RECORD,

		/** A batch listener. */
		BATCH,

		/** A listener of a share group. */
		SHARE

	}

}
