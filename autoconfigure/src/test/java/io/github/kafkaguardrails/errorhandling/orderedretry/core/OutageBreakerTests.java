package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutageBreakerTests {

	private final OutageBreaker breaker = new OutageBreaker(3);

	private boolean failed(String key, long offset) {
		return this.breaker.failed(TestRecord.bytes(key), offset);
	}

	@Test
	void opensWhenSoManyDifferentKeysFail() {
		assertThat(failed("a", 1)).isFalse();
		assertThat(failed("b", 2)).isFalse();
		assertThat(failed("c", 3)).isTrue();
		assertThat(this.breaker.isOpen()).isTrue();
	}

	@Test
	void aPoisonedKeyIsNoOutage() {
		for (int offset = 0; offset < 100; offset++) {
			assertThat(failed("a", offset)).isFalse();
		}
	}

	@Test
	void aSuccessInBetweenStartsTheCountAnew() {
		failed("a", 1);
		failed("b", 2);
		this.breaker.succeeded();
		assertThat(failed("c", 3)).isFalse();
		assertThat(failed("a", 4)).isFalse();
		assertThat(failed("b", 5)).isTrue();
	}

	@Test
	void staysOpenUntilASuccess() {
		failed("a", 1);
		failed("b", 2);
		failed("c", 3);
		assertThat(failed("c", 3)).isTrue();
		assertThat(failed("d", 4)).isTrue();
		this.breaker.succeeded();
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void recordsWithoutAKeyAreDifferentKeys() {
		this.breaker.failed(null, 1);
		this.breaker.failed(null, 1);
		assertThat(this.breaker.failed(null, 2)).isFalse();
		assertThat(this.breaker.failed(null, 3)).isTrue();
	}

	@Test
	void needsAKeyAtLeast() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OutageBreaker(0)).withMessageContaining("keys is 0");
	}

}
