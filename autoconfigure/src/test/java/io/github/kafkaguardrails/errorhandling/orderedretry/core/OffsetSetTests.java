package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OffsetSetTests {

	@Test
	void behavesLikeASortedSet() {
		Random random = new Random(1);
		OffsetSet offsets = new OffsetSet();
		TreeSet<Long> expected = new TreeSet<>();
		for (int step = 0; step < 20_000; step++) {
			long offset = random.nextInt(500);
			if (random.nextInt(5) < 3) {
				offsets.add(offset);
				expected.add(offset);
			}
			else {
				offsets.remove(offset);
				expected.remove(offset);
			}
			assertThat(offsets.size()).isEqualTo(expected.size());
			assertThat(offsets.contains(offset)).isEqualTo(expected.contains(offset));
			assertThat(offsets.firstOr(-1)).isEqualTo(expected.isEmpty() ? -1 : expected.first());
		}
		assertThat(offsets.toArray()).containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
	}

}
