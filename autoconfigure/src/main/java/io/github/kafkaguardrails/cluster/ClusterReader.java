package io.github.kafkaguardrails.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Reads the clusters that an application uses, each through an admin client with the
 * connection of one of the application's own clients. What cannot be read is "not known",
 * with the reason. The admin client of a cluster is kept as long as the cluster answers,
 * and closed after a failure.
 * <p>
 * A call blocks; it ends after the timeout or when the thread is interrupted. For use by
 * one thread at a time; {@link #close()} may come from any.
 *
 * @since 0.1.0
 */
public final class ClusterReader implements AutoCloseable {

	private final Duration timeout;

	private final Clock clock;

	private final Map<Map<String, Object>, Admin> admins = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * A reader.
	 * @param timeout how long a read of all clusters may take
	 * @param clock tells how old records are
	 */
	public ClusterReader(Duration timeout, Clock clock) {
		this.timeout = timeout;
		this.clock = clock;
	}

	/**
	 * Read the clusters.
	 * @param setup the picture that says which clusters there are and what matters
	 * @return one entry for each distinct set of bootstrap servers; empty when no client
	 * has any
	 * @throws InterruptException when the thread is interrupted
	 */
	public List<ClusterSetup> read(KafkaSetup setup) {
		List<ClusterQuestions> questions = ClusterQuestions.of(setup);
		TimeBox all = new TimeBox(this.timeout);
		List<ClusterSetup> clusters = new ArrayList<>();
		try {
			for (ClusterQuestions cluster : questions) {
				int waiting = questions.size() - clusters.size();
				clusters.add(read(cluster, new TimeBox(all.left().dividedBy(waiting))));
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
		return clusters;
	}

	private ClusterSetup read(ClusterQuestions questions, TimeBox time) throws InterruptedException {
		Map<String, Object> config = AdminConnection.config(questions.client().toMap(), this.timeout);
		boolean readable = false;
		try {
			Admin admin = this.admins.computeIfAbsent(config, Admin::create);
			ClusterSetup cluster = new ClusterConversation(admin, config, questions, time, this.clock).read();
			readable = cluster.readable();
			return cluster;
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			return ClusterSetup.unreachable(questions.bootstrapServers(), Failure.of(ex).outage());
		}
		finally {
			if (!readable || this.closed) {
				close(this.admins.remove(config));
			}
		}
	}

	/** A close that waited would wait for requests that nobody answers. */
	private static void close(@Nullable Admin admin) {
		if (admin != null) {
			admin.close(Duration.ZERO);
		}
	}

	/** Close the admin clients. A read that goes on ends with its next request. */
	@Override
	public void close() {
		this.closed = true;
		List.copyOf(this.admins.keySet()).forEach((config) -> close(this.admins.remove(config)));
	}

}
