package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetryTopics}. */
class RetryTopicsTests {

	@Test
	void hasATopicForEachPause() {
		RetryTopics topics = topics(4, Duration.ofSeconds(30));
		assertThat(topics.templates()).hasSize(3);
		assertThat(topics.after(1).name("orders", "billing")).isEqualTo("orders-billing-retry-0");
		assertThat(topics.after(3).name("orders", "billing")).isEqualTo("orders-billing-retry-2");
	}

	@Test
	void sharesATopicAmongEqualPauses() {
		RetryTopics topics = topics(10, Duration.ofSeconds(2));
		assertThat(topics.templates()).hasSize(2);
		assertThat(topics.after(2)).isEqualTo(topics.after(9));
	}

	@Test
	void matchesItsTopicsForATopicPattern() {
		Pattern pattern = topics(4, Duration.ofSeconds(30)).pattern(Pattern.compile("orders\\.[a-z]+"), "billing");
		assertThat(pattern.matcher("orders.eu-billing-retry-1").matches()).isTrue();
		assertThat(pattern.matcher("orders.eu").matches()).isFalse();
		assertThat(pattern.matcher("orders.eu-shipping-retry-1").matches()).isFalse();
	}

	private static RetryTopics topics(int attempts, Duration maxInterval) {
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(List.of(new ErrorHandlingProperties(
				new ErrorHandlingProperties.Retry(null, attempts, null, null, maxInterval, null, null, null), null,
				null, null)));
		return new RetryTopics(new RetryPolicy(settings, null, () -> 0));
	}

}
