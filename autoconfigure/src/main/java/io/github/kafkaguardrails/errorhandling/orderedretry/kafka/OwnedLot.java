package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedWrite;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.PendingSnapshot;

/**
 * The lot of one partition in the hands of the consumer that owns it. The fields that say
 * what is to be committed are the consumer thread's.
 *
 * @since 0.1.0
 */
public final class OwnedLot {

	private final LotOwner owner;

	private final TopicPartition source;

	private final TopicPartition parked;

	private final Lot<ParkedSource> lot;

	/** Whether nothing is parked and nothing is to be committed. */
	boolean clean;

	/** Source offset that the container wants to have committed. */
	@Nullable OffsetAndMetadata wanted;

	/** Source offset whose commit was passed on last. */
	@Nullable OffsetAndMetadata direct;

	/** Since when a commit is held back, epoch milliseconds; 0 when none is. */
	volatile long heldSince;

	/** Source offset that may be committed, because its snapshot is. */
	@Nullable OffsetAndMetadata permitted;

	/** Snapshot whose commit has no outcome yet. */
	@Nullable PendingSnapshot sent;

	/** What {@link #permitted} becomes when that commit succeeds. */
	@Nullable OffsetAndMetadata afterSent;

	/** When the last snapshot was committed, epoch milliseconds. */
	long snapshotAt;

	/** First offset of the parked topic that the last committed snapshot needs. */
	volatile long committedBase;

	/** Up to where the parked topic was deleted. */
	long deletedTo;

	/** Whether it was said that records wait for an acknowledgment. */
	boolean saidToWait;

	/** A record that the parked topic does not take any more. */
	private volatile @Nullable ParkedWrite<ParkedSource> refused;

	/** When failed writes were sent again, epoch milliseconds. */
	long resentAt;

	OwnedLot(LotOwner owner, TopicPartition source, TopicPartition parked, Lot<ParkedSource> lot) {
		this.owner = owner;
		this.source = source;
		this.parked = parked;
		this.lot = lot;
	}

	/** The consumer's lots. */
	public LotOwner owner() {
		return this.owner;
	}

	/** The partition. */
	public TopicPartition source() {
		return this.source;
	}

	/** Its partition of the parked topic. */
	public TopicPartition parked() {
		return this.parked;
	}

	/** Its parked records. */
	public Lot<ParkedSource> lot() {
		return this.lot;
	}

	/** Since when commits are held back, epoch milliseconds; 0 when none is. */
	public long heldSince() {
		return this.heldSince;
	}

	/**
	 * Whether the partition blocks: a record that counts as parked is too large for the
	 * parked topic, and no offset from it on can be committed.
	 */
	public boolean isBlocked() {
		ParkedWrite<ParkedSource> write = this.refused;
		return write != null && this.lot.writes().isMissing(write);
	}

	/** The parked topic does not take a record that it was expected to take. */
	void refused(ParkedWrite<ParkedSource> write) {
		this.refused = write;
	}

	@Override
	public String toString() {
		return "lot of " + this.source;
	}

}
