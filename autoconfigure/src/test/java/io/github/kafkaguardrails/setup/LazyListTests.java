package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LazyList}. */
class LazyListTests {

	private final AtomicInteger made = new AtomicInteger();

	private final List<String> list = new LazyList<>(() -> {
		this.made.incrementAndGet();
		return List.of("a", "b");
	});

	@Test
	void isMadeOnceWhenSomebodyLooks() {
		assertThat(this.made).hasValue(0);
		assertThat(this.list).containsExactly("a", "b").hasSize(2);
		assertThat(this.made).hasValue(1);
	}

}
