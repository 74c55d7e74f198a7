package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a consumer: nothing is polled before the lots of its partitions are
 * loaded, and nothing is committed that the lots have not agreed to. Everything else goes
 * to the consumer as it is.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class CommitDoor<K, V> implements InvocationHandler {

	private final Consumer<K, V> consumer;

	private final LotOwner owner;

	private final RawCapture capture;

	private CommitDoor(Consumer<K, V> consumer, LotOwner owner, RawCapture capture) {
		this.consumer = consumer;
		this.owner = owner;
		this.capture = capture;
	}

	@SuppressWarnings("unchecked") // the proxy hands everything to a consumer of this
									// type
	static <K, V> DoorConsumer<K, V> before(Consumer<K, V> consumer, LotOwner owner, RawCapture capture) {
		return (DoorConsumer<K, V>) Proxy.newProxyInstance(DoorConsumer.class.getClassLoader(),
				new Class<?>[] { DoorConsumer.class }, new CommitDoor<>(consumer, owner, capture));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getDeclaringClass() == DoorConsumer.class) {
			// asked for with each record
			return this.owner;
		}
		Object[] args = (arguments != null) ? arguments : new Object[0];
		return switch (method.getName()) {
			case "equals" -> proxy == args[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "ordered " + this.consumer;
			case "poll" -> poll((Duration) args[0]);
			case "subscribe" -> subscribe(method, args);
			case "commitSync" -> {
				commitSync(args);
				yield null;
			}
			case "commitAsync" -> {
				commitAsync(args);
				yield null;
			}
			case "pause" -> {
				this.owner.pausedByContainer(partitions(args[0]), true);
				yield call(method, args);
			}
			case "resume" -> {
				this.owner.pausedByContainer(partitions(args[0]), false);
				yield call(method, args);
			}
			case "close" -> close(method, args);
			default -> call(method, args);
		};
	}

	private @Nullable Object call(Method method, Object[] args) throws Throwable {
		try {
			return method.invoke(this.consumer, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	@SuppressWarnings("unchecked") // the parameter of pause and resume
	private static Collection<TopicPartition> partitions(Object argument) {
		return (Collection<TopicPartition>) argument;
	}

	/**
	 * Poll in steps that are short enough for what the lots wait for; one long step while
	 * they wait for nothing.
	 */
	private ConsumerRecords<K, V> poll(Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (true) {
			this.owner.beforePoll();
			long remaining = Math.max(0, end - System.nanoTime());
			Duration step = Duration.ofNanos(Math.min(remaining, this.owner.pollStep().toNanos()));
			ConsumerRecords<K, V> records = this.capture.poll(() -> this.consumer.poll(step));
			if (!records.isEmpty() || !records.nextOffsets().isEmpty() || step.toNanos() == remaining) {
				return records;
			}
		}
	}

	private @Nullable Object subscribe(Method method, Object[] args) throws Throwable {
		if (args.length < 2 || !(args[1] instanceof ConsumerRebalanceListener containers)) {
			throw new UnsupportedOperationException("Ordered retry must be told about rebalances");
		}
		args[1] = this.owner.rebalances(containers);
		return call(method, args);
	}

	@SuppressWarnings("unchecked") // the parameters of commitSync
	private void commitSync(Object[] args) {
		Map<TopicPartition, OffsetAndMetadata> wanted = (args.length > 0 && args[0] instanceof Map)
				? (Map<TopicPartition, OffsetAndMetadata>) args[0] : positions();
		Duration timeout = (args.length > 0 && args[args.length - 1] instanceof Duration given) ? given : null;
		Map<TopicPartition, OffsetAndMetadata> direct = this.owner.request(wanted);
		if (!direct.isEmpty()) {
			try {
				if (timeout != null) {
					this.consumer.commitSync(direct, timeout);
				}
				else {
					this.consumer.commitSync(direct);
				}
			}
			catch (RuntimeException ex) {
				this.owner.notCommitted(direct);
				throw ex;
			}
			this.owner.committed(direct);
		}
		this.owner.commitMore();
	}

	@SuppressWarnings("unchecked") // the parameters of commitAsync
	private void commitAsync(Object[] args) {
		Map<TopicPartition, OffsetAndMetadata> wanted = (args.length > 0 && args[0] instanceof Map)
				? (Map<TopicPartition, OffsetAndMetadata>) args[0] : positions();
		OffsetCommitCallback callback = (args.length > 0 && args[args.length - 1] instanceof OffsetCommitCallback given)
				? given : null;
		Map<TopicPartition, OffsetAndMetadata> direct = this.owner.request(wanted);
		if (!direct.isEmpty()) {
			this.consumer.commitAsync(direct, (offsets, exception) -> {
				if (exception == null) {
					this.owner.committed(offsets);
				}
				else {
					this.owner.notCommitted(direct);
				}
				if (callback != null) {
					callback.onComplete(offsets, exception);
				}
			});
		}
		else if (callback != null) {
			callback.onComplete(Map.of(), null);
		}
		this.owner.commitMore();
	}

	private Map<TopicPartition, OffsetAndMetadata> positions() {
		Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
		this.consumer.assignment()
			.forEach((partition) -> positions.put(partition, new OffsetAndMetadata(this.consumer.position(partition))));
		return positions;
	}

	private @Nullable Object close(Method method, Object[] args) throws Throwable {
		try {
			return call(method, args);
		}
		finally {
			this.owner.close();
		}
	}

}
