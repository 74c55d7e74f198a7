package io.github.kafkaguardrails.setup;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A list that is made when somebody first looks into it: for what never changes, costs
 * time to find out and is often not wanted. Safe for use by several threads.
 *
 * @param <E> type of the elements
 */
final class LazyList<E> extends AbstractList<E> {

	private final Supplier<? extends Collection<E>> source;

	private volatile @Nullable List<E> elements;

	LazyList(Supplier<? extends Collection<E>> source) {
		this.source = source;
	}

	@Override
	public E get(int index) {
		return elements().get(index);
	}

	@Override
	public int size() {
		return elements().size();
	}

	private List<E> elements() {
		List<E> made = this.elements;
		return (made != null) ? made : make();
	}

	private synchronized List<E> make() {
		List<E> made = this.elements;
		if (made == null) {
			made = List.copyOf(this.source.get());
			this.elements = made;
		}
		return made;
	}

}
