package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTableTests {

	private final KeyTable<TestRecord> keys = new KeyTable<>();

	private ParkedKey<TestRecord> add(@Nullable String name, long offset) {
		ParkedKey<TestRecord> key = this.keys.findOrAdd(TestRecord.bytes(name), offset);
		key.insert(new ParkedEntry<>(ParkedRecord.follower(TestRecord.of(name, offset))));
		return key;
	}

	private @Nullable ParkedKey<TestRecord> find(@Nullable String name, long offset) {
		return this.keys.find(TestRecord.bytes(name), offset);
	}

	@Test
	void findsAKeyByItsBytes() {
		ParkedKey<TestRecord> key = add("a", 1);
		assertThat(find("a", 7)).isSameAs(key);
		assertThat(add("a", 2)).isSameAs(key);
		assertThat(find("b", 1)).isNull();
		assertThat(this.keys.size()).isEqualTo(1);
	}

	@Test
	void recordsWithoutAKeyAreKeysOfTheirOwn() {
		ParkedKey<TestRecord> key = add(null, 5);
		assertThat(find(null, 5)).isSameAs(key);
		assertThat(find(null, 6)).isNull();
		assertThat(add(null, 6)).isNotSameAs(key);
		assertThat(find("", 5)).isNull();
	}

	@Test
	void tellsKeysOfTheSameHashApart() {
		// the bytes of both have the same hash
		ParkedKey<TestRecord> one = add("Aa", 1);
		ParkedKey<TestRecord> other = add("BB", 2);
		assertThat(one.hash).isEqualTo(other.hash);
		assertThat(find("Aa", 3)).isSameAs(one);
		assertThat(find("BB", 3)).isSameAs(other);
		this.keys.remove(one);
		assertThat(find("Aa", 3)).isNull();
		assertThat(find("BB", 3)).isSameAs(other);
	}

	@Test
	void keepsAllKeysWhenItGrowsAndShrinks() {
		List<ParkedKey<TestRecord>> added = new ArrayList<>();
		for (int number = 0; number < 1000; number++) {
			added.add(add("key-" + number, number));
		}
		for (int number = 0; number < 1000; number += 2) {
			this.keys.remove(added.get(number));
		}
		List<ParkedKey<TestRecord>> seen = new ArrayList<>();
		this.keys.forEach(seen::add);
		assertThat(seen).hasSize(500).doesNotHaveDuplicates();
		for (int number = 0; number < 1000; number++) {
			assertThat(find("key-" + number, 0)).isSameAs((number % 2 == 0) ? null : added.get(number));
		}
	}

}
