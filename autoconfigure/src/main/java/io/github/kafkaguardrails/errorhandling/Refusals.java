package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.kafka.listener.MessageListener;

/**
 * Collects why a retry mode cannot work for a listener. Each reason names the mode, what
 * is in its way, and the ways out; the last of these is to retry in place, which works
 * for every listener.
 *
 * @since 0.1.0
 */
public final class Refusals {

	private final String mode;

	private final List<String> reasons = new ArrayList<>();

	private Refusals(RetryMode mode) {
		this.mode = "retry.mode '" + mode.name().toLowerCase(Locale.ROOT) + "' ";
	}

	/**
	 * What every mode refuses that takes single records out of their partition.
	 * @param mode the mode
	 * @param listener the listener
	 * @param againstTransactions why it cannot work with transactions
	 * @param groupUse what it needs a group for
	 */
	public static Refusals ofSingleRecords(RetryMode mode, ListenerContext listener, String againstTransactions,
			String groupUse) {
		Object messageListener = listener.container().getContainerProperties().getMessageListener();
		return new Refusals(mode)
			.when(listener.batch(), "retries single records and cannot work with a batch listener",
					"set spring.kafka.listener.type to single")
			.when(listener.transactional(), "cannot work in a transactional container, because " + againstTransactions)
			.when(listener.asynchronous(),
					"cannot work with a listener that acknowledges out of order (asynchronous return type or async-acks)")
			.when(listener.groupId() == null, "needs a consumer group " + groupUse, "give the listener a groupId")
			.when(!listener.batch() && !(messageListener instanceof MessageListener), "needs a record listener");
	}

	/** Add a reason with no other way out than another mode. */
	public Refusals when(boolean refused, String reason) {
		return add(refused, reason + ": ");
	}

	/** Add a reason with a way out that keeps the mode. */
	public Refusals when(boolean refused, String reason, String wayOut) {
		return add(refused, reason + ": " + wayOut + ", or ");
	}

	private Refusals add(boolean refused, String reason) {
		if (refused) {
			this.reasons.add(this.mode + reason + "use retry.mode 'blocking'");
		}
		return this;
	}

	/** The reasons. */
	public List<String> toList() {
		return List.copyOf(this.reasons);
	}

}
