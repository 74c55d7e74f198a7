package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Time from the assignment of a partition until ordered retry knows again what is parked
 * of it: 8,000 records of 80 keys, in a fresh instance of the application.
 */
final class TakeOver {

	private static final int PARKED = 8000;

	private static final int KEYS = 80;

	private static final String GROUP = "take-over";

	private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private TakeOver() {
	}

	static ResultTable.Row measure(String bootstrapServers, BenchmarkOptions options, PrintStream progress)
			throws Exception {
		// one record fails, the next does not: not an outage
		Workload workload = Workload.of(bootstrapServers, "take-over", 2 * PARKED, 1, options.recordSize(),
				(number) -> key((number % 2 == 0) ? number / 2 % KEYS : KEYS + number));
		List<Double> millis = new ArrayList<>();
		try (ConfigurableApplicationContext application = application(workload)) {
			await(application, () -> gauge(application, "kafka.guardrails.parked.records") >= PARKED);
		}
		for (int round = 0; round < options.orderedRounds(); round++) {
			try (ConfigurableApplicationContext application = application(workload)) {
				await(application, () -> rebuild(application).count() >= 1);
				double parked = gauge(application, "kafka.guardrails.parked.records");
				millis.add(rebuild(application).totalTime(TimeUnit.MILLISECONDS));
				progress.printf(Locale.ROOT, "  take-over of %,.0f parked records: %,.0f ms%n", parked,
						millis.get(round));
			}
		}
		workload.delete();
		double median = new Samples(millis).median();
		Budget budget = Budget.atMost(1500, "1,500 ms");
		return new ResultTable.Row("take-over of 8,000 parked records, ms", ResultTable.Row.NONE, ResultTable.Row.NONE,
				String.format(Locale.ROOT, "%,.0f", median), ResultTable.Row.NONE, budget.text(), budget.judge(median));
	}

	private static byte[] key(int number) {
		return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
	}

	private static ConfigurableApplicationContext application(Workload workload) {
		String deserializer = ByteArrayDeserializer.class.getName();
		ConfigurableApplicationContext application = new SpringApplicationBuilder(ThroughputApplication.class,
				Listener.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(MeterRegistry.class,
					SimpleMeterRegistry::new))
			.run("--spring.kafka.bootstrap-servers=" + workload.bootstrapServers(),
					"--spring.kafka.consumer.group-id=" + GROUP, "--spring.kafka.consumer.auto-offset-reset=earliest",
					"--spring.kafka.consumer.key-deserializer=" + deserializer,
					"--spring.kafka.consumer.value-deserializer=" + deserializer,
					"--benchmark.topic=" + workload.topic(), "--kafka.guardrails.listeners.default.retry.mode=ordered",
					"--kafka.guardrails.listeners.default.retry.max-attempts=" + Integer.MAX_VALUE,
					// room above what is measured
					"--kafka.guardrails.listeners.default.ordered.max-parked-records=10000",
					"--logging.level.io.github.kafkaguardrails=error");
		// nobody else does it: the application has no metrics of Spring Boot's
		MeterRegistry registry = application.getBean(MeterRegistry.class);
		application.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
		return application;
	}

	private static double gauge(ConfigurableApplicationContext application, String name) {
		Gauge gauge = application.getBean(MeterRegistry.class).find(name).gauge();
		return (gauge != null) ? gauge.value() : 0;
	}

	private static FunctionTimer rebuild(ConfigurableApplicationContext application) {
		return application.getBean(MeterRegistry.class).get("kafka.guardrails.parked.rebuild").functionTimer();
	}

	private static void await(ConfigurableApplicationContext application, BooleanSupplier condition) {
		long limit = System.nanoTime() + LIMIT_NANOS;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > limit) {
				throw new IllegalStateException("Only " + gauge(application, "kafka.guardrails.parked.records")
						+ " records were parked within " + TimeUnit.NANOSECONDS.toMinutes(LIMIT_NANOS) + " minutes");
			}
			LockSupport.parkNanos(LOOK_NANOS);
		}
	}

	/** Fails for ever for some keys. */
	static final class Listener {

		@KafkaListener(id = "take-over", idIsGroup = false, topics = "${benchmark.topic}")
		void handle(ConsumerRecord<byte[], byte[]> record) {
			if (ByteBuffer.wrap(record.key()).getInt() < KEYS) {
				throw new IllegalStateException("this key always fails");
			}
		}

	}

}
