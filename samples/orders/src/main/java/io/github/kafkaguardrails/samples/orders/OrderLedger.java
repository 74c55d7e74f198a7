package io.github.kafkaguardrails.samples.orders;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What became of each line of the feed, listener by listener. A line is known by a header
 * that stays with the record through retry topics and into the dead-letter topic; records
 * that somebody else wrote do not count. Safe for use by several threads.
 */
class OrderLedger {

	private static final String HEADER = "feed-line";

	private final String feed = UUID.randomUUID().toString();

	private final Map<String, ListenerAccount> accounts = new LinkedHashMap<>();

	OrderLedger(List<String> listeners) {
		listeners.forEach((listener) -> this.accounts.put(listener, new ListenerAccount()));
	}

	/** The header that makes a record a line of this feed. */
	Header header(int line) {
		return new RecordHeader(HEADER, (this.feed + "/" + line).getBytes(StandardCharsets.UTF_8));
	}

	void received(String listener, ConsumerRecord<?, ?> record) {
		enter(listener, record, (entry) -> entry.account().received(entry.line()));
	}

	void processed(String listener, ConsumerRecord<?, ?> record) {
		enter(listener, record, (entry) -> entry.account().processed(entry.line(), record.key()));
	}

	void deadLettered(String listener, ConsumerRecord<?, ?> record, String cause) {
		enter(listener, record, (entry) -> entry.account().deadLettered(entry.line(), cause));
	}

	private synchronized void enter(String listener, ConsumerRecord<?, ?> record, Consumer<Entry> action) {
		ListenerAccount account = this.accounts.get(listener);
		Integer line = line(record);
		if (account != null && line != null) {
			action.accept(new Entry(account, line));
			notifyAll();
		}
	}

	private @Nullable Integer line(ConsumerRecord<?, ?> record) {
		Header header = record.headers().lastHeader(HEADER);
		String text = (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : "";
		return text.startsWith(this.feed + "/") ? Integer.valueOf(text.substring(this.feed.length() + 1)) : null;
	}

	/**
	 * Wait until every listener is done with every line.
	 * @param sent number of lines
	 * @param patience how long nothing may happen before this gives up
	 * @param bar shows how far the listeners are
	 */
	synchronized void await(int sent, Duration patience, ProgressBar bar) throws InterruptedException {
		int all = sent * this.accounts.size();
		long deadline = System.nanoTime() + patience.toNanos();
		int done = done();
		bar.show(done, all);
		while (done < all && System.nanoTime() < deadline) {
			TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
			if (done() > done) {
				deadline = System.nanoTime() + patience.toNanos();
				done = done();
				bar.show(done, all);
			}
		}
	}

	private int done() {
		return this.accounts.values().stream().mapToInt(ListenerAccount::done).sum();
	}

	/**
	 * The state of affairs.
	 * @param sent number of lines that were sent
	 */
	synchronized FeedReport report(int sent) {
		return new FeedReport(sent,
				this.accounts.entrySet()
					.stream()
					.map((entry) -> entry.getValue().column(entry.getKey(), sent))
					.toList());
	}

	private record Entry(ListenerAccount account, int line) {

	}

}
