package io.github.kafkaguardrails.samples.benchmark;

import java.util.UUID;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A Spring Boot application with one listener and Spring Boot's own Kafka set-up.
 *
 * @param name name for people
 * @param listener class of the listener, one of those in {@link ThroughputApplication}
 * @param guardrails whether the starter is on, with its defaults
 */
record SpringKafkaContender(String name, Class<?> listener, boolean guardrails) implements Contender {

	@Override
	public double consume(Workload workload) throws InterruptedException {
		FinishLine finishLine = new FinishLine(workload.records());
		SpringApplicationBuilder application = new SpringApplicationBuilder(ThroughputApplication.class, this.listener)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(FinishLine.class,
					() -> finishLine));
		String deserializer = ByteArrayDeserializer.class.getName();
		try (ConfigurableApplicationContext context = application.run(
				"--spring.kafka.bootstrap-servers=" + workload.bootstrapServers(),
				"--spring.kafka.consumer.group-id=spring-kafka-" + UUID.randomUUID(),
				"--spring.kafka.consumer.auto-offset-reset=earliest",
				"--spring.kafka.consumer.key-deserializer=" + deserializer,
				"--spring.kafka.consumer.value-deserializer=" + deserializer, "--benchmark.topic=" + workload.topic(),
				Listeners.NOT_YET, "--kafka.guardrails.enabled=" + this.guardrails)) {
			Listeners.start(context);
			return finishLine.await();
		}
	}

}
