package io.github.kafkaguardrails.background;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A bean with a {@link BackgroundThread}: it starts last with the context, when the
 * listeners run, and ends first. May be stopped and started again, by any thread.
 *
 * @since 0.1.0
 */
public abstract class BackgroundLifecycle implements SmartLifecycle {

	private final boolean enabled;

	private @Nullable BackgroundThread thread;

	/** A bean that starts with the context. */
	protected BackgroundLifecycle() {
		this(true);
	}

	/**
	 * A bean that may be there without being wanted.
	 * @param enabled whether to start with the context
	 */
	protected BackgroundLifecycle(boolean enabled) {
		this.enabled = enabled;
	}

	/** Start a thread. Called when none is running. */
	protected abstract BackgroundThread startThread();

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
			this.thread = startThread();
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
