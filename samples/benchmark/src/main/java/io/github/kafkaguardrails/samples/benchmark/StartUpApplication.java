package io.github.kafkaguardrails.samples.benchmark;

import java.util.Objects;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * A web application with actuator and listeners. It prints how long it took until it was
 * ready, and ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StartUpApplication.Listeners.class)
public class StartUpApplication {

	/** Begins the line that holds the time in nanoseconds. */
	static final String RESULT = "ready after ns: ";

	/** Property with the number of listeners. */
	static final String LISTENERS = "benchmark.listeners";

	static String topic(int listener) {
		return "start-up-" + listener;
	}

	@EventListener
	void print(ApplicationReadyEvent event) {
		System.out.println(RESULT + Objects.requireNonNull(event.getTimeTaken()).toNanos());
	}

	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(StartUpApplication.class)
			.bannerMode(Banner.Mode.OFF)
			.run(args);
		context.close();
	}

	/** Registers the listeners. */
	static final class Listeners implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			int listeners = environment.getRequiredProperty(LISTENERS, Integer.class);
			for (int i = 0; i < listeners; i++) {
				String id = topic(i);
				registry.registerBean(id, Listener.class, (spec) -> spec.supplier((context) -> new Listener(id)));
			}
		}

	}

	/** One of the listeners. */
	public static final class Listener {

		private final String id;

		Listener(String id) {
			this.id = id;
		}

		public String getId() {
			return this.id;
		}

		@KafkaListener(id = "#{__listener.id}", topics = "#{__listener.id}")
		void handle(String message) {
		}

	}

}
