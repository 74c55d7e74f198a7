package io.github.kafkaguardrails.activity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaResourceHolder;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.kafkaguardrails.setup.SendActivity;

/**
 * What a template was seen to send. Of what it counts there are at most
 * {@value BoundedMap#MAX_KEYS} different topics, exceptions and places; the first
 * {@value #WALKS} sends in transactions to a topic are looked at closely.
 */
final class ObservedTemplate {

	static final int WALKS = 100;

	/** Transactions of these are no transactions of a database. */
	private static final List<String> MESSAGING = List.of("org.springframework.jms.", "org.springframework.amqp.");

	private static final Log logger = LogFactory.getLog(ObservedTemplate.class);

	private final String name;

	/** Counted on the way of healthy records, so without a look at the clock. */
	private final BoundedMap<String, LongAdder> keyless = new BoundedMap<>((key) -> new LongAdder());

	private final Tally<Failure> failures;

	private final BoundedMap<String, AtomicInteger> walks = new BoundedMap<>((key) -> new AtomicInteger());

	private final Set<SendActivity.InTransaction> inTransactions = ConcurrentHashMap.newKeySet();

	ObservedTemplate(String name, Clock clock) {
		this.name = name;
		this.failures = new Tally<>(clock);
	}

	void failed(String topic, Exception exception) {
		this.failures.count(new Failure(topic, exception.getClass().getName()));
	}

	void sentWithoutKey(String topic) {
		LongAdder count = this.keyless.get(topic);
		if (count != null) {
			count.increment();
		}
	}

	/** Called on the thread that sends, while a transaction is active on it. */
	void sentInTransaction(String topic, boolean transactional) {
		try {
			String resource = TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? null : foreign();
			Caller caller = (resource != null && mayWalk(topic)) ? Caller.find() : null;
			if (resource != null && caller != null && this.inTransactions.size() < BoundedMap.MAX_KEYS) {
				this.inTransactions.add(new SendActivity.InTransaction(this.name, topic, caller.className(), resource,
						transactional, caller.afterCompletion()));
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("A send of template '" + this.name + "' could not be observed", ex);
		}
	}

	/** What takes part in the transaction of this thread, other than messaging. */
	private static @Nullable String foreign() {
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource instanceof ResourceHolderSupport holder && holder.isSynchronizedWithTransaction()
					&& !(holder instanceof KafkaResourceHolder)) {
				String type = holder.getClass().getName();
				if (MESSAGING.stream().noneMatch(type::startsWith)) {
					return type;
				}
			}
		}
		return null;
	}

	private boolean mayWalk(String topic) {
		AtomicInteger walks = this.walks.get(topic);
		return walks != null && walks.get() < WALKS && walks.incrementAndGet() <= WALKS;
	}

	List<SendActivity.Failure> failures() {
		return this.failures.results((failure, count, last) -> new SendActivity.Failure(this.name, failure.topic(),
				failure.exception(), count, last));
	}

	List<SendActivity.Keyless> keyless() {
		List<SendActivity.Keyless> keyless = new ArrayList<>();
		this.keyless.forEach((topic, count) -> keyless.add(new SendActivity.Keyless(this.name, topic, count.sum())));
		return keyless;
	}

	Set<SendActivity.InTransaction> inTransactions() {
		return this.inTransactions;
	}

	private record Failure(String topic, String exception) {

	}

}
