package io.github.kafkaguardrails.pitfall.rules;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kafkaguardrails.setup.ClientConfig;

/**
 * The hosts that a client first connects to.
 *
 * @param hosts host names and addresses, lower case; an entry that is no address, such as
 * one with an unresolved placeholder, gives an empty text
 */
record BootstrapServers(List<String> hosts) {

	/** Key of the setting. */
	static final String KEY = "bootstrap.servers";

	private static final Pattern ADDRESS = Pattern.compile("(?:[\\w.%-]+://)?\\[?([\\w.%:-]+?)]?:\\d+");

	private static final Pattern LOOPBACK = Pattern
		.compile("localhost|localhost\\.localdomain|.+\\.localhost|127\\.[\\d.]+|::1|0:0:0:0:0:0:0:1");

	private static final Pattern SAME_MACHINE = Pattern.compile("0\\.0\\.0\\.0|.+\\.docker\\.internal");

	static BootstrapServers of(ClientConfig config) {
		return of(config.list(KEY));
	}

	static BootstrapServers of(Collection<String> servers) {
		return new BootstrapServers(servers.stream().map(BootstrapServers::host).toList());
	}

	/** Whether there are hosts and all are certainly loopback addresses. */
	boolean loopback() {
		return !this.hosts.isEmpty() && this.hosts.stream().allMatch((host) -> LOOPBACK.matcher(host).matches());
	}

	/** Whether some host is certainly another machine. */
	boolean remote() {
		return this.hosts.stream()
			.anyMatch((host) -> !host.isEmpty() && !LOOPBACK.matcher(host).matches()
					&& !SAME_MACHINE.matcher(host).matches());
	}

	/** Whether each host is certainly not reached over the loopback interface. */
	boolean noneLoopback() {
		return this.hosts.stream()
			.noneMatch((host) -> host.isEmpty() || host.equals("0.0.0.0") || LOOPBACK.matcher(host).matches());
	}

	private static String host(String address) {
		Matcher matcher = ADDRESS.matcher(address.trim());
		return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
	}

}
