package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ParkedKeyTests {

	private final ParkedKey<TestRecord> key = new ParkedKey<>(TestRecord.bytes("a"), 0);

	private ParkedEntry<TestRecord> insert(long offset) {
		ParkedEntry<TestRecord> entry = new ParkedEntry<>(ParkedRecord.follower(TestRecord.of("a", offset)));
		this.key.insert(entry);
		return entry;
	}

	private List<Long> offsets() {
		List<Long> offsets = new ArrayList<>();
		for (ParkedEntry<TestRecord> entry = this.key.first; entry != null; entry = entry.next) {
			offsets.add(entry.offset);
		}
		return offsets;
	}

	@Test
	void keepsTheOrderOfTheSource() {
		insert(5);
		insert(9);
		insert(2);
		insert(7);
		insert(11);
		assertThat(offsets()).containsExactly(2L, 5L, 7L, 9L, 11L);
		assertThat(this.key.size).isEqualTo(5);
	}

	@Test
	void keepsBothRecordsOfAReusedOffsetInTheOrderOfTheirArrival() {
		ParkedEntry<TestRecord> one = insert(5);
		ParkedEntry<TestRecord> later = insert(9);
		ParkedEntry<TestRecord> other = insert(5);
		assertThat(this.key.first).isSameAs(one);
		assertThat(one.next).isSameAs(other);
		assertThat(other.next).isSameAs(later);
	}

	@Test
	void removesTheFirstTheLastAndOneInBetween() {
		ParkedEntry<TestRecord> first = insert(1);
		insert(2);
		ParkedEntry<TestRecord> between = insert(3);
		ParkedEntry<TestRecord> last = insert(4);
		this.key.remove(last);
		this.key.remove(between);
		this.key.remove(first);
		insert(5);
		assertThat(offsets()).containsExactly(2L, 5L);
		assertThatIllegalStateException().isThrownBy(() -> this.key.remove(first));
	}

	@Test
	void knowsItsOffsets() {
		assertThat(this.key.contains(1)).isFalse();
		insert(1);
		insert(3);
		assertThat(this.key.contains(1)).isTrue();
		assertThat(this.key.contains(2)).isFalse();
		assertThat(this.key.contains(3)).isTrue();
		assertThat(this.key.contains(4)).isFalse();
	}

}
