package io.github.kafkaguardrails.samples.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Starts the listeners of an application once everything that goes on in the background
 * of its start-up is over: that has a row of its own. With it goes the argument that
 * keeps them from starting with the application.
 */
final class Listeners {

	/** The argument for the application. */
	static final String NOT_YET = "--spring.kafka.listener.auto-startup=false";

	/** Longer than what the starter lets pass before it works in the background. */
	private static final Duration AT_LEAST = Duration.ofMillis(1200);

	private static final Duration AT_MOST = Duration.ofSeconds(10);

	private static final Duration LOOK = Duration.ofMillis(100);

	private static final double QUIET = 0.2;

	private Listeners() {
	}

	static void start(ApplicationContext application) throws InterruptedException {
		awaitQuiet();
		application.getBean(KafkaListenerEndpointRegistry.class)
			.getListenerContainers()
			.forEach(MessageListenerContainer::start);
	}

	/** Wait until this process uses less than a fifth of one processor. */
	private static void awaitQuiet() throws InterruptedException {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		Thread.sleep(AT_LEAST.toMillis());
		long limit = System.nanoTime() + AT_MOST.toNanos();
		long before;
		do {
			before = system.getProcessCpuTime();
			Thread.sleep(LOOK.toMillis());
		}
		while (system.getProcessCpuTime() - before > QUIET * LOOK.toNanos() && System.nanoTime() < limit);
	}

}
