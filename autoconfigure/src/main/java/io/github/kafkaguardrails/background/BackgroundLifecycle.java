package io.github.kafkaguardrails.background;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A bean with a {@link BackgroundThread}: it starts last with the context, when the
 * listeners run, and ends first. May be stopped and started again, by any thread.
 *
 * @since 0.1.0
 */
public abstract class BackgroundLifecycle implements SmartLifecycle {

	private final String threadName;

	private final Duration headStart;

	private final @Nullable Duration interval;

	private final boolean enabled;

	private @Nullable BackgroundThread thread;

	/**
	 * A bean.
	 * @param threadName name of the thread
	 * @param headStart pause before the first run
	 * @param interval pause between two runs, or {@code null} for work that is done once
	 * @param enabled whether to start with the context
	 */
	protected BackgroundLifecycle(String threadName, Duration headStart, @Nullable Duration interval, boolean enabled) {
		this.threadName = threadName;
		this.headStart = headStart;
		this.interval = interval;
		this.enabled = enabled;
	}

	/**
	 * What is to be done, from one start to the next stop. Called on the thread, behind
	 * the start of the application.
	 */
	protected abstract BackgroundWork work();

	/** The thread was told to end. */
	protected void stopped() {
	}

	@Override
	public boolean isAutoStartup() {
		return this.enabled;
	}

	@Override
	public final synchronized void start() {
		if (this.thread == null) {
			BackgroundThread started = new BackgroundThread(this.threadName, this.headStart, this.interval, this::work);
			started.start();
			this.thread = started;
		}
	}

	@Override
	public final synchronized void stop() {
		if (this.thread != null) {
			this.thread.end();
			this.thread = null;
			stopped();
		}
	}

	@Override
	public final synchronized boolean isRunning() {
		return this.thread != null;
	}

	/** Last to start, first to stop. */
	@Override
	public final int getPhase() {
		return Integer.MAX_VALUE;
	}

}
