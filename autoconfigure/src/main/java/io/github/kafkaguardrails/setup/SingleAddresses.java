package io.github.kafkaguardrails.setup;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks up the hosts of clients that know one bootstrap server only. A look-up that takes
 * long is left to itself, on a thread of its own, and counts as not known.
 */
final class SingleAddresses {

	private static final Pattern ADDRESS = Pattern.compile("(?:[\\w.%-]+://)?\\[?([\\w.%:-]+?)]?:\\d+");

	private static final long MAX_WAIT_MILLIS = 500;

	private SingleAddresses() {
	}

	/** The servers that stand alone and whose host has certainly one address only. */
	static Set<String> among(List<ClientConfig> clients) {
		Set<String> lookedUp = new HashSet<>();
		Set<String> found = new HashSet<>();
		for (ClientConfig client : clients) {
			List<String> servers = client.list("bootstrap.servers");
			if (servers.size() == 1 && lookedUp.add(servers.get(0)) && single(servers.get(0))) {
				found.add(servers.get(0));
			}
		}
		return found;
	}

	private static boolean single(String server) {
		Matcher matcher = ADDRESS.matcher(server.trim());
		if (!matcher.matches()) {
			return false;
		}
		String host = matcher.group(1);
		FutureTask<Integer> lookUp = new FutureTask<>(() -> InetAddress.getAllByName(host).length);
		Thread thread = new Thread(lookUp, "kafka-guardrails-look-up");
		thread.setDaemon(true);
		thread.start();
		try {
			return lookUp.get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS) == 1;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
