package io.github.kafkaguardrails.setup;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

/**
 * A list that is made when somebody first looks into it: for what never changes, costs
 * time to find out and is often not wanted. Safe for use by several threads.
 *
 * @param <E> type of the elements
 */
final class LazyList<E> extends AbstractList<E> {

	private final SingletonSupplier<List<E>> elements;

	LazyList(Supplier<List<E>> elements) {
		this.elements = SingletonSupplier.of(() -> List.copyOf(elements.get()));
	}

	@Override
	public E get(int index) {
		return this.elements.obtain().get(index);
	}

	@Override
	public int size() {
		return this.elements.obtain().size();
	}

}
