package io.github.kafkaguardrails.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Asks a bootstrap server where the brokers are. An admin client cannot tell when nobody
 * can reach the brokers at the addresses that they advertise: it learns the addresses
 * from the bootstrap server and then asks the brokers themselves, in vain. The first
 * question of a new consumer goes to the bootstrap server.
 */
final class AdvertisedBrokers {

	private static final int CONNECT_MILLIS = 500;

	private AdvertisedBrokers() {
	}

	/**
	 * The brokers that lead partitions of any topic that the application may see; empty
	 * when nobody answers.
	 * @param connection configuration of an admin client
	 * @param bootstrapServers addresses to ask
	 * @param time when to give up
	 */
	static List<Node> ask(Map<String, Object> connection, Collection<String> bootstrapServers, TimeBox time) {
		if (bootstrapServers.stream().noneMatch((server) -> listens(server, time))) {
			return List.of();
		}
		Map<String, Object> config = new HashMap<>(connection);
		config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		try {
			KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(),
					new ByteArrayDeserializer());
			try {
				return leaders(consumer.listTopics(time.left()));
			}
			finally {
				consumer.close(CloseOptions.timeout(Duration.ZERO));
			}
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (KafkaException ex) {
			return List.of();
		}
	}

	private static List<Node> leaders(Map<String, List<PartitionInfo>> topics) {
		return topics.values()
			.stream()
			.flatMap(List::stream)
			.map(PartitionInfo::leader)
			.filter(Objects::nonNull)
			.filter((leader) -> !leader.isEmpty())
			.distinct()
			.toList();
	}

	/** Whether it is worth asking: where nothing listens, nobody answers. */
	private static boolean listens(String server, TimeBox time) {
		String host = Utils.getHost(server);
		Integer port = Utils.getPort(server);
		if (host == null || port == null || time.left().isZero()) {
			return false;
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), Math.min(CONNECT_MILLIS, time.millis()));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
