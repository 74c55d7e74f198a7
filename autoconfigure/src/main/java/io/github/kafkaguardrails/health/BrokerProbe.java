package io.github.kafkaguardrails.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

import io.github.kafkaguardrails.setup.Secrets;

/**
 * Asks the cluster to describe itself. Gives up after 2 s. Keeps its admin client as long
 * as the cluster answers; after a failure the next check starts from the bootstrap
 * servers again. For use by one thread.
 */
final class BrokerProbe implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/** The client gives up first; this is for a client that does not. */
	private static final Duration TIME_BOX = TIMEOUT.plusMillis(500);

	private final Supplier<Map<String, Object>> adminConfig;

	private Map<String, Object> config = Map.of();

	private @Nullable Admin admin;

	/**
	 * A probe.
	 * @param adminConfig configuration of the application's own admin client; read for
	 * each new client
	 */
	BrokerProbe(Supplier<Map<String, Object>> adminConfig) {
		this.adminConfig = adminConfig;
	}

	private static Map<String, Object> config(Map<String, Object> adminConfig) {
		Map<String, Object> config = new HashMap<>(adminConfig);
		int timeout = Math.toIntExact(TIMEOUT.toMillis());
		config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
		config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
		config.put(AdminClientConfig.RETRIES_CONFIG, 0);
		config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "kafka-guardrails-health");
		config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
		return config;
	}

	/**
	 * Up when the cluster answers, else down with the class of the error.
	 * @throws InterruptedException when the thread is interrupted; also as
	 * {@link InterruptException}
	 */
	Health check() throws InterruptedException {
		try {
			return describe();
		}
		catch (ExecutionException ex) {
			return down((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (TimeoutException | RuntimeException ex) {
			return down(ex);
		}
	}

	private Health describe() throws InterruptedException, ExecutionException, TimeoutException {
		Admin admin = this.admin;
		if (admin == null) {
			this.config = config(this.adminConfig.get());
			admin = Admin.create(this.config);
			this.admin = admin;
		}
		DescribeClusterResult cluster = admin.describeCluster();
		int nodes = cluster.nodes().get(TIME_BOX.toMillis(), TimeUnit.MILLISECONDS).size();
		String id = cluster.clusterId().get();
		return Health.up().withDetail("clusterId", String.valueOf(id)).withDetail("nodes", nodes).build();
	}

	private Health down(Throwable error) {
		close();
		Health.Builder down = Health.down().withDetail("error", error.getClass().getName());
		Object servers = this.config.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
		if (servers != null) {
			down.withDetail("bootstrapServers", Secrets.mask(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers));
		}
		return down.build();
	}

	@Override
	public void close() {
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
			this.admin = null;
		}
	}

}
