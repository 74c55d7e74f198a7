package io.github.kafkaguardrails.check;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.apache.kafka.common.errors.InterruptException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterCheckSchedule}. */
@ExtendWith(OutputCaptureExtension.class)
class ClusterCheckScheduleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration LONG = Duration.ofMinutes(10);

	/** Threads of applications that other tests have left running. */
	private final Set<Thread> others = Thread.getAllStackTraces().keySet();

	private final AtomicInteger pictures = new AtomicInteger();

	private final AtomicInteger reads = new AtomicInteger();

	private final CountDownLatch forEver = new CountDownLatch(1);

	private @Nullable ClusterCheckSchedule schedule;

	@AfterEach
	void stop() {
		if (this.schedule != null) {
			this.schedule.stop();
		}
	}

	@Test
	void checksAtOnceOnADaemonThread() {
		start(this::count, LONG);
		awaitReads(1);
		assertThat(thread()).isNotNull().matches(Thread::isDaemon);
	}

	@Test
	void checksAgainAfterTheInterval() {
		start(this::count, Duration.ofMillis(10));
		awaitReads(3);
	}

	@Test
	void waitsForTheIntervalBetweenTwoChecks() {
		start(this::count, LONG);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> thread() != null && thread().getState() == Thread.State.TIMED_WAITING);
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void goesOnAfterACheckThatFailed(CapturedOutput output) {
		start((setup) -> {
			this.reads.incrementAndGet();
			throw new IllegalStateException("planted");
		}, Duration.ofMillis(10));
		awaitReads(2);
		assertThat(output).contains("java.lang.IllegalStateException").doesNotContain("planted");
	}

	@Test
	void stopsInTheMiddleOfARead() {
		ClusterCheckSchedule started = start(this::hang, LONG);
		awaitReads(1);
		long begin = System.nanoTime();
		started.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
		assertThat(started.isRunning()).isFalse();
		Awaitility.await().atMost(PATIENCE).until(() -> thread() == null);
	}

	@Test
	void stopsWithoutAReadThatDoesNotListen() {
		ClusterCheckSchedule started = start(this::ignoreInterrupts, LONG);
		awaitReads(1);
		long begin = System.nanoTime();
		started.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1500));
		this.forEver.countDown();
	}

	@Test
	void checksTheConfigurationOnceAndReadsNothingWithoutAnInterval() {
		start(this::count, null);
		Awaitility.await().atMost(PATIENCE).until(() -> this.pictures.get() > 0 && thread() == null);
		assertThat(this.pictures).hasValue(1);
		assertThat(this.reads).hasValue(0);
	}

	@Test
	void checksTheConfigurationOfAnApplicationThatEndsEarlier() {
		this.schedule = schedule(this::count, LONG, LONG, true);
		this.schedule.start();
		assertThat(this.pictures).hasValue(0);
		this.schedule.stop();
		assertThat(this.pictures).hasValue(1);
		assertThat(this.reads).hasValue(0);
	}

	@Test
	void canBeStartedAgain() {
		ClusterCheckSchedule started = start(this::count, LONG);
		awaitReads(1);
		started.stop();
		started.start();
		awaitReads(2);
		assertThat(started.isRunning()).isTrue();
	}

	@Test
	void startsWithTheContextOnlyWhenEnabledAndLastOfAll() {
		assertThat(schedule(this::count, Duration.ZERO, LONG, true).isAutoStartup()).isTrue();
		assertThat(schedule(this::count, Duration.ZERO, LONG, false).isAutoStartup()).isFalse();
		assertThat(schedule(this::count, Duration.ZERO, LONG, true).getPhase()).isEqualTo(Integer.MAX_VALUE);
	}

	private KafkaSetup picture() {
		this.pictures.incrementAndGet();
		return TestSetup.application().build();
	}

	private List<ClusterSetup> count(KafkaSetup setup) {
		this.reads.incrementAndGet();
		return List.of();
	}

	private List<ClusterSetup> hang(KafkaSetup setup) {
		this.reads.incrementAndGet();
		try {
			this.forEver.await();
			return List.of();
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
	}

	private List<ClusterSetup> ignoreInterrupts(KafkaSetup setup) {
		this.reads.incrementAndGet();
		while (this.forEver.getCount() > 0) {
			try {
				this.forEver.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				// as a look-up of a name does
			}
		}
		return List.of();
	}

	private ClusterCheckSchedule start(Function<KafkaSetup, List<ClusterSetup>> reader, @Nullable Duration interval) {
		ClusterCheckSchedule started = schedule(reader, Duration.ZERO, interval, true);
		this.schedule = started;
		started.start();
		return started;
	}

	private ClusterCheckSchedule schedule(Function<KafkaSetup, List<ClusterSetup>> reader, Duration headStart,
			@Nullable Duration interval, boolean enabled) {
		PitfallInspection inspection = new PitfallInspection(this::picture, reader, new PitfallCatalogue(List.of()),
				new PitfallSettings(Enforcement.WARN, Map.of(), List.of()), Clock.systemUTC());
		return new ClusterCheckSchedule(new ClusterCheck(inspection, List::of), headStart, interval, enabled);
	}

	private void awaitReads(int count) {
		Awaitility.await().atMost(PATIENCE).until(() -> this.reads.get() >= count);
	}

	private @Nullable Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.others.contains(thread)
					&& thread.getName().equals("kafka-guardrails-cluster-check"))
			.findFirst()
			.orElse(null);
	}

}
