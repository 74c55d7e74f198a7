package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What was observed, in the making: an application that has been running well for an
 * hour. A test changes what it is about.
 */
public final class TestActivity {

	public Duration uptime = Duration.ofHours(1);

	private final List<ClientActivity> clients = new ArrayList<>();

	private final List<ActivitySetup.ProducerCreations> creations = new ArrayList<>();

	private final List<ActivitySetup.ContainerActivity> containers = new ArrayList<>();

	private final List<SendActivity.Failure> failures = new ArrayList<>();

	private final List<SendActivity.Keyless> keyless = new ArrayList<>();

	private final List<SendActivity.InTransaction> inTransactions = new ArrayList<>();

	private final List<ActivitySetup.EndedRecords> endings = new ArrayList<>();

	private final List<ActivitySetup.KeylessRecords> keylessRecords = new ArrayList<>();

	private final List<ActivitySetup.StreamsActivity> streams = new ArrayList<>();

	TestActivity() {
	}

	/** A producer of the factory "kafkaProducerFactory". */
	public TestActivity producer(Consumer<ClientBuilder> customizer) {
		return client(ClientType.PRODUCER, "kafkaProducerFactory", customizer);
	}

	/** A consumer of the listener "orders-listener". */
	public TestActivity consumer(Consumer<ClientBuilder> customizer) {
		return client(ClientType.CONSUMER, "orders-listener", customizer);
	}

	public TestActivity client(ClientType type, String owner, Consumer<ClientBuilder> customizer) {
		ClientBuilder builder = new ClientBuilder();
		customizer.accept(builder);
		this.clients.add(builder.build(type, owner));
		return this;
	}

	public TestActivity created(String factory, int created, int open) {
		this.creations.add(new ActivitySetup.ProducerCreations(factory, created, open));
		return this;
	}

	/** The container of the listener "orders-listener". */
	public TestActivity container(boolean running, boolean expected, boolean paused, @Nullable String stopReason) {
		this.containers
			.add(new ActivitySetup.ContainerActivity("orders-listener", running, expected, paused, stopReason));
		return this;
	}

	/** Records that the template "kafkaTemplate" gave up. */
	public TestActivity failed(String topic, Class<?> exception, long count, Duration last) {
		this.failures.add(new SendActivity.Failure("kafkaTemplate", topic, exception.getName(), count, last));
		return this;
	}

	/** Records without a key of the template "kafkaTemplate". */
	public TestActivity keyless(String topic, long count) {
		this.keyless.add(new SendActivity.Keyless("kafkaTemplate", topic, count));
		return this;
	}

	public TestActivity inTransaction(SendActivity.InTransaction send) {
		this.inTransactions.add(send);
		return this;
	}

	/** Records of the listener "orders-listener" whose handling ended. */
	public TestActivity ended(String topic, Class<?> exception, ActivitySetup.EndedRecords.Outcome outcome, long count,
			Duration last) {
		this.endings
			.add(new ActivitySetup.EndedRecords("orders-listener", topic, exception.getName(), outcome, count, last));
		return this;
	}

	/** Records without a key that the listener "orders-listener" has seen. */
	public TestActivity keylessRecords(long count) {
		this.keylessRecords.add(new ActivitySetup.KeylessRecords("orders-listener", count));
		return this;
	}

	ActivitySetup build() {
		return new ActivitySetup(this.uptime, this.clients, this.creations, this.containers,
				new SendActivity(this.failures, this.keyless, this.inTransactions), this.endings, this.keylessRecords,
				this.streams);
	}

	/** A client in the making. */
	public static final class ClientBuilder {

		public boolean complete;

		public String clientId = "client-1";

		/** Time between two samples. */
		public Duration pause = Duration.ofMinutes(1);

		private final Map<ClientActivity.Metric, List<Double>> series = new LinkedHashMap<>();

		/** The latest values of a metric of the client, oldest first, a minute apart. */
		public ClientBuilder values(String name, double... values) {
			return values(ClientActivity.Metric.of(name), values);
		}

		/** The latest values of a metric of the topic "orders". */
		public ClientBuilder topicValues(String name, double... values) {
			return values(new ClientActivity.Metric(name, "orders", null), values);
		}

		/** The latest values of a metric of a partition of the topic "orders". */
		public ClientBuilder partitionValues(String name, int partition, double... values) {
			return values(new ClientActivity.Metric(name, "orders", partition), values);
		}

		/** The latest values of a metric; the newest sample is 0 s old. */
		public ClientBuilder values(ClientActivity.Metric metric, double... values) {
			List<Double> series = new ArrayList<>();
			for (double value : values) {
				series.add(value);
			}
			this.series.put(metric, series);
			return this;
		}

		private ClientActivity build(ClientType type, String owner) {
			int count = this.series.values().stream().mapToInt(List::size).max().orElse(0);
			List<ClientActivity.Sample> samples = new ArrayList<>();
			for (int age = count - 1; age >= 0; age--) {
				Map<ClientActivity.Metric, Double> values = new HashMap<>();
				for (Map.Entry<ClientActivity.Metric, List<Double>> entry : this.series.entrySet()) {
					int index = entry.getValue().size() - 1 - age;
					if (index >= 0) {
						values.put(entry.getKey(), entry.getValue().get(index));
					}
				}
				samples.add(new ClientActivity.Sample(this.pause.multipliedBy(age), values));
			}
			return new ClientActivity(type, owner, this.clientId, this.complete, samples);
		}

	}

}
