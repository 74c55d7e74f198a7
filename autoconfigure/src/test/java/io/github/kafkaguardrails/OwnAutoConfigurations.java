package io.github.kafkaguardrails;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.util.ClassUtils;

/** The auto-configurations that applications get: all of ours, and that of Kafka. */
final class OwnAutoConfigurations {

	private OwnAutoConfigurations() {
	}

	static AutoConfigurations all() {
		ClassLoader classLoader = OwnAutoConfigurations.class.getClassLoader();
		List<Class<?>> classes = new ArrayList<>();
		classes.add(KafkaAutoConfiguration.class);
		ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(OwnAutoConfigurations.class.getPackageName() + "."))
			.forEach((name) -> classes.add(ClassUtils.resolveClassName(name, classLoader)));
		return AutoConfigurations.of(classes.toArray(Class<?>[]::new));
	}

}
