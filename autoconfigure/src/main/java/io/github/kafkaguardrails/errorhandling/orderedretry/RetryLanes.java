package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.RetryTask;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.LotWatcher;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.OwnedLot;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedTopics;

/**
 * Retries the parked records of a listener, {@value #WIDTH} at a time, each key one after
 * the other. One thread decides what is next, others do it; they end when there is
 * nothing to do. A consumer that has not polled for long gets nothing started, as its
 * partitions may be somebody else's soon, nor does a listener that is paused.
 */
final class RetryLanes implements LotWatcher, AutoCloseable {

	/** Records that are retried at a time. */
	private static final int WIDTH = 4;

	/** When to look again for lots of which nothing may be started now. */
	private static final long HELD_PAUSE = 200;

	/** Minutes between two deletions of what is done. */
	private static final int CLEAN_UP_PAUSE = 10;

	private static final Log logger = LogFactory.getLog(RetryLanes.class);

	private final AbstractMessageListenerContainer<?, ?> container;

	private final LaneDelivery<?, ?> delivery;

	private final ParkedTopics topics;

	private final Clock clock;

	private final Set<OwnedLot> lots = ConcurrentHashMap.newKeySet();

	private final ConcurrentHashMap<TopicPartition, RuntimeException> broken = new ConcurrentHashMap<>();

	private final ScheduledThreadPoolExecutor timer;

	private final TaskExecutor workers;

	private final @Nullable ThreadPoolExecutor pool;

	private final Semaphore free = new Semaphore(WIDTH);

	private final AtomicBoolean cleaning = new AtomicBoolean();

	private final AtomicBoolean awake = new AtomicBoolean();

	private @Nullable ScheduledFuture<?> alarm;

	RetryLanes(ListenerContext listener, LaneDelivery<?, ?> delivery, ParkedTopics topics, boolean virtualThreads) {
		this.container = listener.container();
		this.delivery = delivery;
		this.topics = topics;
		this.clock = listener.clock();
		String name = "kafka-guardrails-ordered-" + listener.id();
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> daemon(task, name));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		if (virtualThreads) {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-lane-");
			executor.setVirtualThreads(true);
			this.workers = executor;
			this.pool = null;
		}
		else {
			ThreadPoolExecutor executor = new ThreadPoolExecutor(WIDTH, WIDTH, 10, TimeUnit.SECONDS,
					new LinkedBlockingQueue<>(), (task) -> daemon(task, name + "-lane"));
			executor.allowCoreThreadTimeOut(true);
			this.workers = executor::execute;
			this.pool = executor;
		}
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void opened(OwnedLot lot) {
		this.lots.add(lot);
		if (this.cleaning.compareAndSet(false, true)) {
			ScheduledFuture<?> unused = this.timer.scheduleWithFixedDelay(
					() -> this.workers.execute(() -> this.topics.cleanUp(this.lots)), CLEAN_UP_PAUSE, CLEAN_UP_PAUSE,
					TimeUnit.MINUTES);
		}
		this.broken.remove(lot.source());
	}

	@Override
	public void closed(OwnedLot lot) {
		this.lots.remove(lot);
	}

	@Override
	public void broken(TopicPartition partition, RuntimeException reason) {
		this.broken.put(partition, reason);
		logger.error("Listener '" + this.container.getListenerId() + "' stops", reason);
		new SimpleAsyncTaskExecutor("kafka-guardrails-stop-").execute(() -> this.container.stopAbnormally(() -> {
		}));
	}

	@Override
	public void wake() {
		if (this.awake.compareAndSet(false, true)) {
			execute(() -> {
				this.awake.set(false);
				dispatch();
			});
		}
	}

	private void execute(Runnable task) {
		try {
			this.timer.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The application ends", ex);
		}
	}

	/** Only on the thread that decides. One record of each lot, and again. */
	private void dispatch() {
		long now = this.clock.millis();
		boolean started = true;
		while (started) {
			started = false;
			for (OwnedLot lot : this.lots) {
				started |= !isHeld(lot) && start(lot, now);
			}
		}
		long next = Long.MAX_VALUE;
		if (this.free.availablePermits() > 0) {
			for (OwnedLot lot : this.lots) {
				long due = lot.lot().lane().nextDue();
				next = Math.min(next, (isHeld(lot) && due < Long.MAX_VALUE) ? now + HELD_PAUSE : due);
			}
		}
		wakeAt(next, now);
	}

	private boolean isHeld(OwnedLot lot) {
		return !lot.owner().isLeased() || this.container.isPauseRequested()
				|| this.container.isPartitionPauseRequested(lot.source());
	}

	private boolean start(OwnedLot lot, long now) {
		if (!this.free.tryAcquire()) {
			return false;
		}
		Optional<RetryTask<ParkedSource>> task = lot.lot().lane().next(now);
		if (task.isEmpty()) {
			this.free.release();
			return false;
		}
		this.workers.execute(() -> run(lot, task.get()));
		return true;
	}

	private void run(OwnedLot lot, RetryTask<ParkedSource> task) {
		try {
			this.delivery.run(lot, task);
		}
		catch (RuntimeException | Error ex) {
			this.delivery.gaveUp(lot, task, ex);
			throw ex;
		}
		finally {
			this.free.release();
			wake();
		}
	}

	private void wakeAt(long instant, long now) {
		if (this.alarm != null) {
			this.alarm.cancel(false);
			this.alarm = null;
		}
		if (instant < Long.MAX_VALUE) {
			this.alarm = this.timer.schedule(this::dispatch, Math.max(1, instant - now), TimeUnit.MILLISECONDS);
		}
	}

	/** The lots in use. */
	Set<OwnedLot> lots() {
		return this.lots;
	}

	/** Why nothing of a partition is delivered, by partition. */
	Map<TopicPartition, RuntimeException> broken() {
		return this.broken;
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		if (this.pool != null) {
			this.pool.shutdown();
		}
	}

}
