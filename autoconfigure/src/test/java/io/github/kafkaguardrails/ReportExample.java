package io.github.kafkaguardrails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.kafka.annotation.KafkaListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs an application with a file of settings and catches why it does not start. */
final class ReportExample {

	private ReportExample() {
	}

	/** The report that fails the start-up, as a block of text. */
	static String of(String yaml) {
		StringBuilder report = new StringBuilder();
		new ApplicationContextRunner().withConfiguration(OwnAutoConfigurations.all())
			.withBean(Payments.class)
			.withInitializer((context) -> load(yaml, context))
			.run((context) -> report.append(text(context.getStartupFailure())));
		return "```text\n" + report + "\n```\n";
	}

	private static String text(@Nullable Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(failure));
		assertThat(cause).isInstanceOf(FailureAnalyzedException.class);
		FailureAnalyzedException analyzed = (FailureAnalyzedException) cause;
		return analyzed.analysis().getDescription() + "\n\n" + analyzed.analysis().getAction();
	}

	private static void load(String yaml, ConfigurableApplicationContext context) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yml",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {

						@Override
						public String getDescription() {
							return "application.yml";
						}

					});
			sources.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What the example is about. */
	static class Payments {

		@KafkaListener(id = "payments", topics = "orders")
		void on(String order) {
		}

	}

}
