package io.github.kafkaguardrails.samples.benchmark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * A Spring Boot application with one listener of records with keys.
 *
 * @param name name for people
 * @param mode retry mode of the starter, or {@code null} to go without the starter
 * @param failing whether one key in a hundred fails for ever
 * @param millis how long the listener takes for a record
 */
record KeyedContender(String name, @Nullable String mode, boolean failing, int millis) implements Contender {

	private static final int FAILING_SHARE = 100;

	@Override
	public double consume(Workload workload) throws InterruptedException {
		int failing = this.failing ? workload.records() / FAILING_SHARE : 0;
		FinishLine finishLine = new FinishLine(workload.records() - failing);
		SpringApplicationBuilder application = new SpringApplicationBuilder(ThroughputApplication.class, Listener.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(Processing.class,
					() -> new Processing(finishLine, this.failing, this.millis)));
		try (ConfigurableApplicationContext context = application.run(arguments(workload))) {
			Listeners.start(context);
			return finishLine.await();
		}
	}

	private String[] arguments(Workload workload) {
		String deserializer = ByteArrayDeserializer.class.getName();
		List<String> arguments = new ArrayList<>(List.of(
				"--spring.kafka.bootstrap-servers=" + workload.bootstrapServers(),
				"--spring.kafka.consumer.group-id=keyed-" + UUID.randomUUID(),
				"--spring.kafka.consumer.auto-offset-reset=earliest",
				"--spring.kafka.consumer.key-deserializer=" + deserializer,
				"--spring.kafka.consumer.value-deserializer=" + deserializer, "--benchmark.topic=" + workload.topic(),
				Listeners.NOT_YET, "--kafka.guardrails.enabled=" + (this.mode != null)));
		if (this.mode != null) {
			arguments.add("--kafka.guardrails.listeners.default.retry.mode=" + this.mode);
			arguments.add("--kafka.guardrails.listeners.default.retry.max-attempts=" + Integer.MAX_VALUE);
			// a line for each key that is parked is what an operator wants, here it is
			// noise
			arguments.add("--logging.level.io.github.kafkaguardrails=error");
		}
		return arguments.toArray(String[]::new);
	}

	/**
	 * What the listener does.
	 *
	 * @param finishLine counts the records of healthy keys
	 * @param failing whether one key in a hundred fails
	 * @param millis how long it takes
	 */
	record Processing(FinishLine finishLine, boolean failing, int millis) {

		void process(ConsumerRecord<byte[], byte[]> record) {
			if (this.millis > 0) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(this.millis));
			}
			if (this.failing && ByteBuffer.wrap(record.key()).getInt() % FAILING_SHARE == 0) {
				throw new IllegalStateException("this key always fails");
			}
			this.finishLine.passed(1);
		}

	}

	/** Receives one record per call. */
	static final class Listener {

		private final Processing processing;

		Listener(Processing processing) {
			this.processing = processing;
		}

		@KafkaListener(id = "keyed", idIsGroup = false, topics = "${benchmark.topic}", concurrency = "3")
		void handle(ConsumerRecord<byte[], byte[]> record) {
			this.processing.process(record);
		}

	}

}
