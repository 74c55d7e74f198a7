package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.Ledger.Source;
import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.LedgerEntry.Event;

/**
 * One run: a broker, a flow of records, and instances that are killed, stopped, frozen,
 * added and removed by chance. Ends when every record has an outcome, or too much time
 * has passed.
 */
final class ChaosRun implements AutoCloseable {

	private static final int PARTITIONS = 3;

	private static final int FIRST_INSTANCES = 3;

	private static final int MOST_INSTANCES = 4;

	private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);

	private static final String DEAD_LETTERS = ChaosInstance.TOPIC + "-" + ChaosInstance.GROUP + "-dlt";

	private final ChaosScenario scenario;

	private final List<String> arguments;

	private final String classPath;

	private final Path folder;

	private final Random random;

	private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

	private final List<ChaosProcess> instances = new ArrayList<>();

	private final Map<ChaosProcess, Instant> thaws = new HashMap<>();

	private final Map<Action, Integer> actions = new TreeMap<>();

	private int started;

	/**
	 * A run.
	 * @param scenario what is tormented
	 * @param arguments arguments of the instances
	 * @param classPath classes with a planted defect, or empty
	 * @param folder where ledgers and outputs go
	 */
	ChaosRun(ChaosScenario scenario, List<String> arguments, String classPath, Path folder) {
		this.scenario = scenario;
		this.arguments = arguments;
		this.classPath = classPath;
		this.folder = folder;
		this.random = new Random(scenario.seed());
		String session = Long.toString(ChaosScenario.SESSION_TIMEOUT.toMillis());
		this.broker.brokerProperties(Map.of("group.consumer.min.session.timeout.ms", session,
				"group.consumer.session.timeout.ms", session, "group.consumer.min.heartbeat.interval.ms", "500",
				"group.consumer.heartbeat.interval.ms", "500", "offsets.topic.num.partitions", "1",
				"group.initial.rebalance.delay.ms", "0", "auto.create.topics.enable", "false"));
		this.broker.afterPropertiesSet();
	}

	/** Torment the instances for so long, then wait until all records have an outcome. */
	Ledger run(Duration duration) throws IOException, InterruptedException, ExecutionException {
		createTopics();
		for (int i = 0; i < FIRST_INSTANCES; i++) {
			start();
		}
		Collection<Source> sent;
		try (ChaosFlow flow = new ChaosFlow(this.broker.getBrokersAsString(), this.scenario.seed())) {
			flow.start();
			Instant end = Instant.now().plus(duration);
			while (Instant.now().isBefore(end)) {
				TimeUnit.MILLISECONDS.sleep(1500L + this.random.nextInt(2500));
				thaw(Instant.now());
				act();
			}
			sent = flow.end();
		}
		thaw(Instant.MAX);
		return drain(sent);
	}

	private void createTopics() throws ExecutionException, InterruptedException {
		// when a dead letter was written is told by the broker
		Map<String, String> appendTime = Map.of("message.timestamp.type", "LogAppendTime");
		try (Admin admin = Admin
			.create(Map.<String, Object>of("bootstrap.servers", this.broker.getBrokersAsString()))) {
			admin.createTopics(List.of(new NewTopic(ChaosInstance.TOPIC, PARTITIONS, (short) 1),
					new NewTopic(DEAD_LETTERS, PARTITIONS, (short) 1).configs(appendTime)))
				.all()
				.get();
		}
	}

	private void act() throws IOException, InterruptedException {
		List<ChaosProcess> active = this.instances.stream()
			.filter((instance) -> instance.isAlive() && !instance.isFrozen())
			.toList();
		Action action = Action.values()[this.random.nextInt(Action.values().length)];
		boolean possible = switch (action) {
			case KILL, TERMINATE -> !active.isEmpty();
			case FREEZE -> this.scenario.zombies() && active.size() > 1;
			case ADD -> active.size() < MOST_INSTANCES;
			case REMOVE -> active.size() > 2;
		};
		if (!possible) {
			return;
		}
		this.actions.merge(action, 1, Integer::sum);
		if (action == Action.ADD) {
			start();
			return;
		}
		ChaosProcess victim = active.get(this.random.nextInt(active.size()));
		switch (action) {
			case KILL -> {
				victim.kill();
				start();
			}
			case TERMINATE -> {
				victim.terminate();
				start();
			}
			case REMOVE -> victim.terminate();
			case FREEZE -> {
				victim.freeze();
				this.thaws.put(victim,
						Instant.now().plus(ChaosScenario.SESSION_TIMEOUT).plusMillis(1000 + this.random.nextInt(3000)));
			}
			case ADD -> throw new IllegalStateException();
		}
	}

	private void thaw(Instant now) throws IOException, InterruptedException {
		for (ChaosProcess frozen : List.copyOf(this.thaws.keySet())) {
			if (!Objects.requireNonNull(this.thaws.get(frozen)).isAfter(now)) {
				this.thaws.remove(frozen);
				frozen.thaw();
			}
		}
	}

	private void start() throws IOException {
		this.started++;
		List<String> args = new ArrayList<>(this.arguments);
		args.add("--chaos.ledger=" + this.folder.resolve("instance-" + this.started + ".ledger"));
		args.add("--spring.kafka.bootstrap-servers=" + this.broker.getBrokersAsString());
		this.instances
			.add(ChaosProcess.start(this.folder.resolve("instance-" + this.started + ".log"), this.classPath, args));
	}

	private Ledger drain(Collection<Source> sent) throws InterruptedException, IOException {
		Instant limit = Instant.now().plus(DRAIN_LIMIT);
		Ledger ledger = ledger(sent);
		while (!ledger.lost().isEmpty() && Instant.now().isBefore(limit)) {
			if (this.instances.stream().noneMatch(ChaosProcess::isAlive)) {
				start();
			}
			TimeUnit.SECONDS.sleep(1);
			ledger = ledger(sent);
		}
		stopAll();
		return ledger(sent);
	}

	private Ledger ledger(Collection<Source> sent) throws IOException {
		List<LedgerEntry> entries = new ArrayList<>(deadLetters());
		try (Stream<Path> files = Files.list(this.folder)) {
			files.filter((file) -> file.toString().endsWith(".ledger"))
				.forEach((file) -> entries.addAll(LedgerFile.read(file)));
		}
		return new Ledger(sent, entries);
	}

	private List<LedgerEntry> deadLetters() {
		List<LedgerEntry> letters = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", this.broker.getBrokersAsString()), new StringDeserializer(),
				new StringDeserializer())) {
			List<TopicPartition> partitions = Stream.iterate(0, (partition) -> partition + 1)
				.limit(PARTITIONS)
				.map((partition) -> new TopicPartition(DEAD_LETTERS, partition))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(100)).forEach((record) -> letters.add(deadLetter(record)));
			}
		}
		return letters;
	}

	private static LedgerEntry deadLetter(ConsumerRecord<String, String> record) {
		return new LedgerEntry(record.timestamp() * 1000, Event.DEAD_LETTERED,
				ByteBuffer.wrap(record.headers().lastHeader(KafkaHeaders.DLT_ORIGINAL_PARTITION).value()).getInt(),
				ByteBuffer.wrap(record.headers().lastHeader(KafkaHeaders.DLT_ORIGINAL_OFFSET).value()).getLong(),
				record.key());
	}

	/** What was done to the instances, for the report. */
	Map<Action, Integer> actions() {
		return this.actions;
	}

	private void stopAll() throws IOException, InterruptedException {
		this.instances.forEach(ChaosProcess::terminate);
		for (ChaosProcess instance : this.instances) {
			instance.end();
		}
	}

	@Override
	public void close() throws IOException {
		try {
			stopAll();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.broker.destroy();
	}

	/** What is done to an instance. */
	enum Action {

		KILL, TERMINATE, FREEZE, ADD, REMOVE

	}

}
