package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.KeyStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotOperations;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.LotCounters;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.OwnedLot;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;
import io.github.kafkaguardrails.setup.ActivitySetup.KeylessRecords;

/**
 * What is parked of the partitions that this application owns at present, and what an
 * operator does with it. Keys are named by a hash, because they may be secret. Safe for
 * use by several threads; nothing blocks.
 *
 * @since 0.1.0
 */
public final class ParkedKeys {

	private static final Log logger = LogFactory.getLog(ParkedKeys.class);

	private final Map<String, OrderedListener> listeners = new ConcurrentSkipListMap<>();

	private final List<Consumer<String>> watchers = new ArrayList<>();

	void add(OrderedListener listener) {
		List<Consumer<String>> told;
		synchronized (this.watchers) {
			this.listeners.put(listener.context().id(), listener);
			told = List.copyOf(this.watchers);
		}
		told.forEach((watcher) -> watcher.accept(listener.context().id()));
	}

	/**
	 * Be told the id of each listener with ordered retry, those that are there now and
	 * those that come later.
	 * @param watcher is told on any thread
	 */
	public void watch(Consumer<String> watcher) {
		List<String> known;
		synchronized (this.watchers) {
			this.watchers.add(watcher);
			known = List.copyOf(this.listeners.keySet());
		}
		known.forEach(watcher);
	}

	/** The figures of each listener, by its id. */
	public Map<String, ParkedFigures> figures() {
		Map<String, ParkedFigures> figures = new TreeMap<>();
		this.listeners.forEach((id, listener) -> {
			if (listener.context().handled()) {
				figures.put(id, figures(listener));
			}
		});
		return figures;
	}

	/** The figures of one listener; zeros when there is no such one. */
	public ParkedFigures figures(String listenerId) {
		OrderedListener listener = this.listeners.get(listenerId);
		return (listener != null) ? figures(listener) : ParkedFigures.NONE;
	}

	/** What one listener has counted; zeros when there is no such one. */
	public LotCounters counters(String listenerId) {
		OrderedListener listener = this.listeners.get(listenerId);
		return (listener != null) ? listener.counters() : new LotCounters();
	}

	/** The listeners that have seen records without a key, which have no order. */
	public List<KeylessRecords> keyless() {
		return this.listeners.entrySet()
			.stream()
			.map((entry) -> new KeylessRecords(entry.getKey(), entry.getValue().router().keyless()))
			.filter((keyless) -> keyless.count() > 0)
			.toList();
	}

	private static ParkedFigures figures(OrderedListener listener) {
		long now = listener.context().clock().millis();
		ParkedFigures figures = ParkedFigures.NONE;
		for (OwnedLot lot : listener.lanes().lots()) {
			LotStatus status = lot.lot().operations().status(now);
			long oldest = (status.oldestFailure() > 0) ? now - status.oldestFailure() : 0;
			long held = (lot.heldSince() > 0) ? now - lot.heldSince() : 0;
			figures = figures.plus(status, oldest, held, lot.isBlocked());
		}
		List<String> broken = listener.lanes()
			.broken()
			.values()
			.stream()
			.map((reason) -> String.valueOf(reason.getMessage()))
			.sorted()
			.toList();
		return figures.with(listener.router().isOutage(), listener.router().isDrainOnly(), broken);
	}

	/**
	 * Parked keys, by listener, partition and offset.
	 * @param max number of keys at most
	 */
	public List<ParkedKeyStatus> keys(int max) {
		List<ParkedKeyStatus> keys = new ArrayList<>();
		this.listeners.forEach((id, listener) -> {
			for (OwnedLot lot : listener.lanes().lots()) {
				lot.lot().operations().keys().forEach((key) -> keys.add(ParkedKeyStatus.of(id, lot.source(), key)));
			}
		});
		keys.sort(Comparator.comparing(ParkedKeyStatus::listener)
			.thenComparing(ParkedKeyStatus::topic)
			.thenComparing(ParkedKeyStatus::partition)
			.thenComparing(ParkedKeyStatus::offset));
		return (keys.size() > max) ? List.copyOf(keys.subList(0, max)) : keys;
	}

	/**
	 * Do something with a parked key. What is done is logged.
	 * @param listenerId id of the listener
	 * @param key hash of the key, or for a record without a key topic, partition and
	 * offset, as {@link ParkedKeyStatus#key()}
	 * @param operation what to do
	 * @return whether it was done: not when no such key is parked here, nor when the key
	 * is not in the state for it, being delivered, or not settled yet
	 */
	public boolean operate(String listenerId, String key, Operation operation) {
		OrderedListener listener = this.listeners.get(listenerId);
		if (listener == null) {
			return false;
		}
		for (OwnedLot lot : listener.lanes().lots()) {
			for (KeyStatus<ParkedSource> status : lot.lot().operations().keys()) {
				ParkedSource source = status.first().source();
				if (ParkedKeyStatus.name(source).equals(key)) {
					Optional<ParkedRecord<ParkedSource>> done = apply(operation, lot.lot().operations(), source);
					done.ifPresent((record) -> logger
						.info("Operator: %s of key %s of listener '%s', parked with %s after".formatted(operation, key,
								listenerId, record.source()) + " " + record.attempts() + " attempts"));
					listener.lanes().wake();
					return done.isPresent();
				}
			}
		}
		return false;
	}

	private static Optional<ParkedRecord<ParkedSource>> apply(Operation operation,
			LotOperations<ParkedSource> operations, ParkedSource source) {
		return switch (operation) {
			case RETRY_NOW -> operations.retryNow(source.key(), source.offset());
			case RELEASE -> operations.release(source.key(), source.offset());
			case SKIP -> operations.skip(source.key(), source.offset());
		};
	}

	/**
	 * Park nothing more of a listener's records, or park again: before ordered retry is
	 * switched off what is parked must be done. Until the next start.
	 * @param listenerId id of the listener
	 * @param drainOnly whether nothing more is parked
	 * @return whether there is such a listener
	 */
	public boolean drainOnly(String listenerId, boolean drainOnly) {
		OrderedListener listener = this.listeners.get(listenerId);
		if (listener != null) {
			listener.router().drainOnly(drainOnly);
			logger
				.info("Operator: listener '" + listenerId + "' " + (drainOnly ? "parks nothing more" : "parks again"));
		}
		return listener != null;
	}

	/** What an operator does with a key. */
	public enum Operation {

		/** Deliver its first record now. */
		RETRY_NOW,

		/**
		 * Let it go on: a stopped record gets all its attempts again, a dead one is
		 * forgotten.
		 */
		RELEASE,

		/** Give its first record up. */
		SKIP

	}

	/**
	 * A listener with ordered retry.
	 *
	 * @param context the listener
	 * @param lanes its lanes
	 * @param router its main path
	 * @param counters counts what happens to its partitions
	 */
	record OrderedListener(ListenerContext context, RetryLanes lanes, RoutingListener<?, ?> router,
			LotCounters counters) {

	}

}
