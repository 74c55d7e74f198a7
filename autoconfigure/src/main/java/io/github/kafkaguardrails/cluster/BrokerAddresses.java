package io.github.kafkaguardrails.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.apache.kafka.common.Node;

import io.github.kafkaguardrails.setup.BrokerSetup;

/**
 * Looks up what the addresses of brokers lead to. A look-up cannot be interrupted, so it
 * runs on threads of its own; nobody waits for one that takes long.
 */
final class BrokerAddresses {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final int THREADS = 4;

	private final TimeBox time;

	BrokerAddresses(TimeBox time) {
		this.time = (time.left().compareTo(LIMIT) > 0) ? new TimeBox(LIMIT) : time;
	}

	List<BrokerSetup> brokers(Collection<Node> nodes) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS, BrokerAddresses::thread);
		try {
			Map<Node, Future<BrokerSetup.Address>> addresses = new LinkedHashMap<>();
			nodes.forEach((node) -> addresses.put(node, threads.submit(() -> resolve(node.host()))));
			List<BrokerSetup> brokers = new ArrayList<>();
			for (Map.Entry<Node, Future<BrokerSetup.Address>> entry : addresses.entrySet()) {
				Node node = entry.getKey();
				brokers.add(new BrokerSetup(node.id(), node.host(), node.port(), node.hasRack() ? node.rack() : null,
						address(entry.getValue())));
			}
			return brokers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private BrokerSetup.Address address(Future<BrokerSetup.Address> address) throws InterruptedException {
		try {
			return this.time.await(address);
		}
		catch (ExecutionException | TimeoutException ex) {
			return BrokerSetup.Address.REMOTE;
		}
	}

	private static BrokerSetup.Address resolve(String host) {
		try {
			return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)
					? BrokerSetup.Address.LOOPBACK : BrokerSetup.Address.REMOTE;
		}
		catch (UnknownHostException ex) {
			return BrokerSetup.Address.UNRESOLVED;
		}
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "kafka-guardrails-cluster-check-dns");
		thread.setDaemon(true);
		return thread;
	}

}
