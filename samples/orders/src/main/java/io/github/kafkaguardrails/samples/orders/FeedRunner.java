package io.github.kafkaguardrails.samples.orders;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Runs the feed when the application has started and prints the table when the listeners
 * are done. The exit code of the application is 1 when an order was lost.
 */
@Component
class FeedRunner implements ApplicationRunner, ExitCodeGenerator {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final OrderFeed feed;

	private final OrderLedger ledger;

	private @Nullable FeedReport report;

	FeedRunner(OrderFeed feed, OrderLedger ledger) {
		this.feed = feed;
		this.ledger = ledger;
	}

	@Override
	public void run(ApplicationArguments args) throws Exception {
		int sent = this.feed.send(ProgressBar.onStandardOutput("Sending"));
		this.ledger.await(sent, PATIENCE, ProgressBar.onStandardOutput("Handling"));
		this.report = this.ledger.report(sent);
		System.out.println("\n" + this.report);
	}

	/** The table, or {@code null} before the listeners are done. */
	@Nullable FeedReport report() {
		return this.report;
	}

	@Override
	public int getExitCode() {
		return (this.report != null && this.report.lost() == 0) ? 0 : 1;
	}

}
