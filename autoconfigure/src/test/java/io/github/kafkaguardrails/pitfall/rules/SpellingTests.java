package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Spelling}. */
class SpellingTests {

	@ParameterizedTest
	@CsvSource({ "acks,acks,0", "acks,ack,1", "acks,akcs,1", "acks,asks,1", "acks,sack,2", "linger.ms,linger,3",
			"ca,abc,3", "'',ab,2" })
	void countsTypingErrors(String left, String right, int errors) {
		assertThat(Spelling.distance(left, right, 10)).isEqualTo(errors);
		assertThat(Spelling.distance(right, left, 10)).isEqualTo(errors);
	}

	@Test
	void stopsCountingAboveTheLimit() {
		assertThat(Spelling.distance("a", "abcdefgh", 2)).isGreaterThan(2);
	}

	@Test
	void aShortNameMayHaveOneErrorAndALongOneTwo() {
		assertThat(Spelling.onlyNear("batch.siz", List.of("batch.size"))).contains("batch.size");
		assertThat(Spelling.onlyNear("batch.si", List.of("batch.size"))).isEmpty();
		assertThat(Spelling.onlyNear("buffer.memo.", List.of("buffer.memory"))).contains("buffer.memory");
		assertThat(Spelling.onlyNear("buffer.mem..", List.of("buffer.memory"))).isEmpty();
	}

	@Test
	void saysNothingBetweenTwoNearNames() {
		assertThat(Spelling.onlyNear("retry.backoff.m", List.of("retry.backoff.ms", "retry.backoff.mb"))).isEmpty();
	}

	@Test
	void findsTheNearestNameOrTheOnlyOneThatContainsIt() {
		List<String> names = List.of("producer-acks-not-all", "consumer-auto-commit-enabled", "security-plaintext");
		assertThat(Spelling.nearest("producer-acks-not-al", names)).contains("producer-acks-not-all");
		assertThat(Spelling.nearest("auto-commit", names)).contains("consumer-auto-commit-enabled");
		assertThat(Spelling.nearest("something-else-entirely", names)).isEmpty();
		assertThat(Spelling.nearest("e", names)).isEmpty();
	}

}
