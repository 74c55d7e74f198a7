package io.github.kafkaguardrails.setup;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether clients talk to brokers on this machine only. Nothing is looked up.
 */
final class LocalBrokers {

	private static final Set<String> NAMES = Set.of("localhost", "host.docker.internal", "::1", "0:0:0:0:0:0:0:1");

	private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

	private static final Pattern PROTOCOL = Pattern.compile("^\\w+://");

	private static final Pattern PORT = Pattern.compile(":\\d+$");

	private LocalBrokers() {
	}

	/** Whether there are bootstrap servers and all of them are local. */
	static boolean only(List<ClientConfig> clients) {
		Set<String> servers = new HashSet<>();
		for (ClientConfig client : clients) {
			servers.addAll(client.list("bootstrap.servers"));
		}
		for (String server : servers) {
			if (!isLocal(server)) {
				return false;
			}
		}
		return !servers.isEmpty();
	}

	private static boolean isLocal(String server) {
		String address = PROTOCOL.matcher(server.trim()).replaceFirst("");
		String host = PORT.matcher(address).replaceFirst("").replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
		return NAMES.contains(host) || LOOPBACK.matcher(host).matches();
	}

}
