package io.github.kafkaguardrails.activity;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.setup.ActivitySetup.StreamsActivity;
import io.github.kafkaguardrails.setup.KafkaSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ActivityCheck}. */
class ActivityCheckTests {

	private static final String THREAD = "kafka-guardrails-activity-check";

	private final AtomicInteger pictures = new AtomicInteger();

	private final AtomicInteger samples = new AtomicInteger();

	private final BlockingQueue<PitfallInspection.Result> results = new LinkedBlockingQueue<>();

	private final PitfallInspection inspection = new PitfallInspection(this::picture, (setup) -> List.of(),
			new PitfallCatalogue(List.of()), new PitfallSettings(Enforcement.WARN, Map.of(), List.of()),
			Clock.systemUTC());

	private ActivityCheck check = check(Duration.ofHours(1));

	@AfterEach
	void stop() {
		this.check.stop();
	}

	@Test
	void addsWhatItObservesToThePictureOfTheLatestInspection() {
		this.inspection.inspect();
		KafkaSetup setup = Objects.requireNonNull(this.check.check().setup());
		assertThat(setup.activity().streams()).containsExactly(new StreamsActivity("streams", "1"));
		assertThat(this.pictures).hasValue(1);
		assertThat(this.inspection.latest().setup()).isEqualTo(setup);
	}

	@Test
	void takesAnotherPictureWhenTheApplicationHasChanged() {
		this.inspection.inspect();
		this.inspection.changed();
		KafkaSetup setup = Objects.requireNonNull(this.check.check().setup());
		assertThat(setup.activity().observed()).isTrue();
		assertThat(this.pictures).hasValue(2);
	}

	@Test
	void whatWasObservedStaysInLaterPictures() {
		this.check.check();
		assertThat(this.inspection.inspect().setup()).isNotNull()
			.satisfies((setup) -> assertThat(setup.activity().observed()).isTrue());
		assertThat(this.inspection.inspectClusters().setup()).isNotNull()
			.satisfies((setup) -> assertThat(setup.activity().observed()).isTrue());
	}

	@Test
	void checksAgainAfterTheInterval() throws InterruptedException {
		this.check = check(Duration.ofMillis(1));
		this.check.start();
		for (int i = 0; i < 3; i++) {
			assertThat(this.results.poll(10, TimeUnit.SECONDS)).isNotNull();
		}
	}

	@Test
	void goesOnAfterASampleThatFailed() throws InterruptedException {
		this.samples.set(Integer.MIN_VALUE);
		this.check = check(Duration.ofMillis(1));
		this.check.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.samples.get() > Integer.MIN_VALUE + 1);
		this.samples.set(1);
		assertThat(this.results.poll(10, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void runsOnADaemonThreadThatEndsWithTheContext() throws InterruptedException {
		assertThat(this.check.isRunning()).isFalse();
		this.check.start();
		assertThat(this.check.isRunning()).isTrue();
		assertThat(this.results.poll(10, TimeUnit.SECONDS)).isNotNull();
		assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
		this.check.stop();
		assertThat(this.check.isRunning()).isFalse();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> threads().isEmpty());
		this.check.start();
		assertThat(this.results.poll(10, TimeUnit.SECONDS)).isNotNull();
	}

	private ActivityCheck check(Duration interval) {
		MutableClock clock = new MutableClock();
		ActivitySampler sampler = new ActivitySampler(new ProducerObserver(clock),
				new ContainerObserver(List::of, new AbnormalStops()), new SendObserver(clock),
				new EndedRecordsObserver(clock), List::of, this::streams, clock, clock.instant());
		return new ActivityCheck(() -> sampler, (activity) -> {
			PitfallInspection.Result result = this.inspection.inspectActivity(activity);
			this.results.add(result);
			return result;
		}, Duration.ZERO, interval, true);
	}

	private KafkaSetup picture() {
		this.pictures.incrementAndGet();
		return application().build();
	}

	private List<StreamsActivity> streams() {
		int number = this.samples.incrementAndGet();
		if (number < 0) {
			throw new IllegalStateException("planned by a test");
		}
		return List.of(new StreamsActivity("streams", String.valueOf(number)));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(THREAD))
			.toList();
	}

}
