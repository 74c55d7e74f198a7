package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;

/**
 * What was observed of the records that the application's templates sent.
 *
 * @param failures records that were given up
 * @param keyless records without a key
 * @param inTransactions records that were sent while a transaction of something else than
 * Kafka was open
 * @since 0.1.0
 */
public record SendActivity(List<Failure> failures, List<Keyless> keyless, List<InTransaction> inTransactions) {

	/** Nothing was observed. */
	public static final SendActivity NONE = new SendActivity(List.of(), List.of(), List.of());

	public SendActivity {
		failures = List.copyOf(failures);
		keyless = List.copyOf(keyless);
		inTransactions = List.copyOf(inTransactions);
	}

	/**
	 * Records that were given up.
	 *
	 * @param template bean name of the template
	 * @param topic topic
	 * @param exception class name of the exception
	 * @param count how many since the start of the application
	 * @param last how long ago the last of them was
	 */
	public record Failure(String template, String topic, String exception, long count, Duration last) {

	}

	/**
	 * Records without a key.
	 *
	 * @param template bean name of the template
	 * @param topic topic
	 * @param count how many since the start of the application
	 */
	public record Keyless(String template, String topic, long count) {

	}

	/**
	 * A place that sends records while a transaction of something else than Kafka is open
	 * that is not read-only.
	 *
	 * @param template bean name of the template
	 * @param topic topic
	 * @param caller name of the application's class that sends
	 * @param resource class name of what takes part in that transaction, for example
	 * {@code org.springframework.jdbc.datasource.ConnectionHolder}
	 * @param transactional whether the template takes part in Kafka transactions
	 * @param afterCompletion whether it sends from a callback after that transaction
	 */
	public record InTransaction(String template, String topic, String caller, String resource, boolean transactional,
			boolean afterCompletion) {

	}

}
