package io.github.kafkaguardrails.samples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.springframework.util.FileSystemUtils;

/**
 * One Kafka broker in a process of its own, on free ports of the loopback interface, with
 * its data in a temporary directory. Closing it ends that process and deletes the
 * directory; so does the end of this JVM.
 */
final class BrokerProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final String HOST = "127.0.0.1";

	private final Path directory;

	private final JavaProcess process;

	private final String bootstrapServers;

	private final Thread shutdownHook = new Thread(this::end, "broker-shutdown");

	private BrokerProcess(Path directory, JavaProcess process, String bootstrapServers) {
		this.directory = directory;
		this.process = process;
		this.bootstrapServers = bootstrapServers;
	}

	/**
	 * Format the storage, start the broker and wait until it answers.
	 * @throws IllegalStateException when the broker ends, or does not answer within a
	 * minute
	 */
	static BrokerProcess start() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("guardrails-benchmark-broker");
		List<Integer> ports = freePorts();
		String bootstrapServers = HOST + ":" + ports.get(0);
		Path file = directory.resolve("server.properties");
		try (Writer writer = Files.newBufferedWriter(file)) {
			properties(directory, ports).store(writer, null);
		}
		try (JavaProcess format = JavaProcess.start(directory.resolve("format.log"), "128m", "kafka.tools.StorageTool",
				List.of("format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()))) {
			format.awaitSuccess(START_LIMIT);
		}
		JavaProcess process = JavaProcess.start(directory.resolve("server.log"), "512m", "kafka.Kafka",
				List.of(file.toString()));
		BrokerProcess broker = new BrokerProcess(directory, process, bootstrapServers);
		Runtime.getRuntime().addShutdownHook(broker.shutdownHook);
		try {
			broker.awaitReady();
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			broker.close();
			throw ex;
		}
		return broker;
	}

	/** Where clients find the broker, as {@code host:port}. */
	String bootstrapServers() {
		return this.bootstrapServers;
	}

	@Override
	public String toString() {
		return "broker at " + this.bootstrapServers + " with its data in " + this.directory;
	}

	@Override
	public void close() {
		end();
		Runtime.getRuntime().removeShutdownHook(this.shutdownHook);
	}

	private void end() {
		this.process.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() throws IOException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers,
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) START_LIMIT.toMillis()))) {
			CompletableFuture<?> answer = admin.describeCluster().nodes().toCompletionStage().toCompletableFuture();
			CompletableFuture.anyOf(answer, this.process.onExit()).get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			if (!answer.isDone()) {
				throw this.process.failure("with the broker ended");
			}
		}
		catch (ExecutionException | TimeoutException ex) {
			throw this.process.failure("with the broker did not answer within " + START_LIMIT.toSeconds() + " s");
		}
	}

	private static Properties properties(Path directory, List<Integer> ports) {
		Properties properties = new Properties();
		properties.putAll(Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters",
				"1@" + HOST + ":" + ports.get(1), "controller.listener.names", "CONTROLLER", "listeners",
				"PLAINTEXT://" + HOST + ":" + ports.get(0) + ",CONTROLLER://" + HOST + ":" + ports.get(1), "log.dirs",
				directory.resolve("data").toString(), "auto.create.topics.enable", "false",
				"group.initial.rebalance.delay.ms", "0"));
		properties.putAll(Map.of("offsets.topic.num.partitions", "10", "offsets.topic.replication.factor", "1",
				"transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1",
				"share.coordinator.state.topic.replication.factor", "1", "share.coordinator.state.topic.min.isr", "1"));
		return properties;
	}

	private static List<Integer> freePorts() throws IOException {
		InetAddress loopback = InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 });
		try (ServerSocket first = new ServerSocket(0, 1, loopback);
				ServerSocket second = new ServerSocket(0, 1, loopback)) {
			return List.of(first.getLocalPort(), second.getLocalPort());
		}
	}

}
