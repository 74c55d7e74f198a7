package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.ModelOptions.Ending;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.RetryTask.Kind;

/**
 * A consumer process of the model: main path, commit door and lanes around a real
 * {@link Lot}, each step of them alone.
 */
final class ModelConsumer {

	private static final int NOTHING = -1;

	final int id;

	private final Model model;

	private final ModelOptions options;

	private final ModelBroker broker;

	private final ModelLedger ledger;

	boolean alive = true;

	boolean owned;

	boolean draining;

	boolean loaded;

	long generation;

	/** Changes whenever the process forgets what it knew. */
	int epoch;

	LotState<TestRecord> state;

	Lot<TestRecord> lot;

	/** Source offset of the record that the main path is at. */
	int position;

	/** Record in the hands of the listener on the main path. */
	int delivering = NOTHING;

	final List<RetryTask<TestRecord>> tasks = new ArrayList<>();

	private boolean committing;

	/** I1: what must be parked. */
	private final BitSet parked = new BitSet();

	private final List<Long> resurrected = new ArrayList<>();

	private long parkVersion;

	ModelConsumer(int id, Model model) {
		this.id = id;
		this.model = model;
		this.options = model.options;
		this.broker = model.broker;
		this.ledger = model.ledger;
		this.state = new MutantState(this.options);
		this.lot = new Lot<>(this.state);
	}

	private Mutant mutant() {
		return this.options.mutant();
	}

	// membership

	void assigned(long generation) {
		reset();
		this.owned = true;
		this.generation = generation;
	}

	/** Forget everything. Lanes that still run are on their own. */
	void reset() {
		this.lot.close();
		this.model.abandon(this.lot, this.tasks);
		this.tasks.clear();
		this.delivering = NOTHING;
		this.owned = false;
		this.loaded = false;
		this.draining = false;
		this.committing = false;
		this.parked.clear();
		this.resurrected.clear();
		this.parkVersion = 0;
		this.epoch++;
		this.state = new MutantState(this.options);
		this.lot = new Lot<>(this.state);
	}

	void crash() {
		this.tasks.clear();
		this.alive = false;
		reset();
	}

	boolean isStale() {
		return !this.broker.isOwner(this.id, this.generation);
	}

	void load() {
		ModelBroker.Committed committed = this.broker.committed();
		ParkedSnapshot snapshot = committed.snapshot();
		if (mutant() == Mutant.NO_HIGH) {
			snapshot = new ParkedSnapshot(this.broker.parked.size(),
					LongStream
						.concat(Arrays.stream(snapshot.incomplete()),
								LongStream.range(snapshot.high(), this.broker.parked.size()))
						.toArray());
		}
		if (mutant() == Mutant.NO_LOAD) {
			snapshot = new ParkedSnapshot(snapshot.high(), new long[0]);
		}
		List<LoadedRecord<TestRecord>> records = new ArrayList<>();
		for (long offset : snapshot.incomplete()) {
			ParkedRecord<TestRecord> record = this.broker.parked.get((int) offset);
			records.add(new LoadedRecord<>(record, offset, this.model.now()));
			this.parked.set((int) record.source().offset());
		}
		this.lot.load(snapshot, committed.source(), records);
		this.position = (int) committed.source();
		this.loaded = true;
	}

	void drain() {
		this.draining = true;
		this.lot.drain();
	}

	// main path

	void poll() {
		TestRecord record = this.broker.record(this.position);
		Route route = this.lot.route(record.key(), this.position);
		this.model.trace("%d routes %d: %s", this.id, this.position, route);
		if (route == Route.WAIT && mutant() == Mutant.IGNORE_WAIT) {
			route = Route.DIRECT;
		}
		switch (route) {
			case ALREADY_PARKED -> this.position++;
			case DIVERT -> {
				if (this.lot.limitFor(record).isEmpty()) {
					park(ParkedRecord.follower(record));
					this.position++;
				}
			}
			case DEAD_LETTER -> {
				deadLettered(this.position, "main path");
				this.position++;
			}
			case DIRECT -> {
				this.delivering = this.position;
				started(this.position);
			}
			case WAIT -> this.model.count("waits");
		}
	}

	void endDelivery() {
		int source = this.delivering;
		TestRecord record = this.broker.record(source);
		this.delivering = NOTHING;
		if (this.model.succeeds(source)) {
			succeeded(source, "main path");
			this.position++;
			return;
		}
		this.model.trace("%d fails on %d, main path", this.id, source);
		if (this.lot.limitFor(record).isPresent()) {
			this.model.count("limits");
			return;
		}
		boolean fatal = this.model.chance(0.1) && mutant() == Mutant.NONE;
		if (!fatal) {
			park(new ParkedRecord<>(record, 1, this.model.now(), this.model.later(), Standing.WAITING));
		}
		else if (this.options.ending() == Ending.RELEASE) {
			deadLettered(source, "main path");
		}
		else {
			Standing standing = (this.options.ending() == Ending.STOP) ? Standing.STOPPED : Standing.ENDING;
			park(new ParkedRecord<>(record, 1, this.model.now(), 0, standing));
		}
		this.position++;
	}

	private void park(ParkedRecord<TestRecord> record) {
		this.parked.set((int) record.source().offset());
		ParkedWrite<TestRecord> write = this.lot.park(record);
		if (mutant() == Mutant.NONE && this.model.chance(0.03) && this.lot.withdraw(write)) {
			this.parked.clear((int) record.source().offset());
			this.position--;
			this.model.count("withdrawals");
			return;
		}
		this.model.count("parks");
		send(write);
	}

	void seek(int position) {
		this.model.trace("%d seeks to %d", this.id, position);
		this.position = position;
	}

	private void started(int source) {
		this.ledger.delivered(source);
		this.model.trace("%d delivers %d", this.id, source);
		int sameKey = (this.delivering != NOTHING && this.broker.sameKey(this.delivering, source)) ? 1 : 0;
		for (RetryTask<TestRecord> task : this.tasks) {
			sameKey += this.broker.sameKey((int) task.entry.offset, source) ? 1 : 0;
		}
		if (sameKey != 1) {
			this.ledger.violated("I5: record %d is delivered beside another one of its key".formatted(source));
		}
	}

	private void succeeded(int source, String where) {
		this.ledger.succeeded(source);
		this.model.trace("%d succeeds with %d, %s", this.id, source, where);
	}

	private void deadLettered(int source, String where) {
		this.ledger.deadLettered(source);
		this.model.trace("%d dead-letters %d, %s", this.id, source, where);
	}

	// parked topic

	private void send(ParkedWrite<TestRecord> write) {
		Lot<TestRecord> sender = this.lot;
		int current = this.epoch;
		this.model.produce(this, write.record(), (offset) -> {
			if (offset < 0) {
				sender.writes().failed(write);
				this.model.count("failed writes");
				return;
			}
			boolean counts = sender.writes().written(write, offset, this.model.now());
			if (this.epoch == current) {
				if (counts) {
					this.parkVersion = this.state.log.version();
				}
				else if (mutant() == Mutant.RESURRECT && write.entry.gone) {
					this.resurrected.add(offset);
				}
			}
		});
	}

	void resend() {
		this.lot.writes().unsent().forEach(this::send);
	}

	void renew() {
		long before = this.model.chance(0.5) ? Long.MAX_VALUE : 0;
		List<ParkedWrite<TestRecord>> renewals = this.lot.writes().renewals(before, 2);
		renewals.forEach(this::send);
		this.model.count("renewals", renewals.size());
	}

	// commit door

	void commit() {
		if (this.committing) {
			return;
		}
		CommitPermit permit = this.lot.gate(this.position);
		if (permit.held()) {
			this.model.count("holds");
			if (!this.lot.isSnapshotCommitted()) {
				this.lot.snapshot().ifPresent((pending) -> commitParked(pending, this.lot.committedSource()));
			}
			return;
		}
		long offset = (mutant() == Mutant.ASKED_OFFSET) ? this.position : permit.offset();
		PendingSnapshot first = permit.first();
		if (first == null) {
			commitSource(offset);
		}
		else if (mutant() == Mutant.SOURCE_FIRST && offset > this.lot.committedSource()) {
			commitSource(offset);
		}
		else if (mutant() == Mutant.GATE_PARKS_ONLY && this.state.log.committedVersion() >= this.parkVersion
				&& this.model.chance(0.8)) {
			commitSource(offset);
		}
		else {
			commitParked(first, offset);
		}
	}

	private void commitParked(PendingSnapshot pending, long then) {
		ParkedSnapshot snapshot = pending.snapshot();
		if (!this.resurrected.isEmpty()) {
			snapshot = new ParkedSnapshot(snapshot.high(), LongStream
				.concat(Arrays.stream(snapshot.incomplete()), this.resurrected.stream().mapToLong(Long::longValue))
				.sorted()
				.distinct()
				.toArray());
		}
		ParkedSnapshot committed = snapshot;
		this.committing = true;
		boolean fenced = mutant() != Mutant.NO_FENCE;
		this.model.commit(this, fenced, () -> this.broker.commitParked(committed), (success) -> {
			this.committing = false;
			if (success) {
				this.lot.snapshotCommitted(pending.version());
				commitSource((mutant() == Mutant.LATER_OFFSET) ? this.position : then);
			}
		});
	}

	private void commitSource(long offset) {
		if (offset == this.lot.committedSource()) {
			return;
		}
		if (offset < this.lot.committedSource()) {
			this.lot.sourceCommitted(offset);
		}
		this.committing = true;
		this.model.commit(this, true, () -> this.broker.commitSource(offset), (success) -> {
			this.committing = false;
			if (success) {
				this.lot.sourceCommitted(offset);
			}
		});
	}

	/** Whether everything is committed that there is to commit before a revocation. */
	boolean isFlushed() {
		return this.lot.isSnapshotCommitted() && this.position == this.lot.committedSource();
	}

	// lanes

	void startTask() {
		Optional<RetryTask<TestRecord>> next = this.lot.lane().next(this.model.now());
		next.ifPresent((task) -> {
			this.tasks.add(task);
			this.model.count("tasks");
			if (task.kind() == Kind.DELIVER) {
				started((int) task.record().source().offset());
			}
			else {
				this.model.count("tasks to end");
			}
		});
	}

	void endTask(int index) {
		RetryTask<TestRecord> task = this.tasks.remove(index);
		int source = (int) task.record().source().offset();
		if (task.kind() == Kind.END) {
			end(task, source);
		}
		else if (mutant() == Mutant.NONE && this.model.chance(0.03)) {
			this.lot.lane().postponed(task, this.model.later());
		}
		else if (this.model.succeeds(source)) {
			succeeded(source, "lane");
			done(source, this.lot.lane().succeeded(task));
		}
		else if (task.record().attempts() + 1 >= this.options.maxAttempts()) {
			end(task, source);
		}
		else if (mutant() == Mutant.TAIL) {
			this.lot.lane().succeeded(task);
			park(new ParkedRecord<>(task.record().source(), 2, this.model.now(), 0, Standing.WAITING));
		}
		else {
			this.model.trace("%d fails on %d, lane", this.id, source);
			this.lot.lane().failed(task, this.model.now(), this.model.later());
		}
	}

	private void end(RetryTask<TestRecord> task, int source) {
		if (task.kind() == Kind.DELIVER && this.options.ending() == Ending.STOP) {
			this.model.trace("%d stops %d", this.id, source);
			this.lot.lane().stopped(task, this.model.now());
			return;
		}
		if (this.model.chance(0.1)) {
			this.lot.lane().endingFailed(task, this.model.now(), this.model.later());
			this.model.count("failed endings");
			return;
		}
		deadLettered(source, "lane");
		boolean marked = task.key.dead == 0 && this.options.ending() == Ending.PARK;
		Optional<ParkedWrite<TestRecord>> marker = this.lot.lane().ended(task, this.model.now());
		marker.ifPresent(this::send);
		this.model.count("markers", marker.isPresent() ? 1 : 0);
		if (!marked) {
			done(source, true);
		}
	}

	/** I3: what is completed is behind the committed source. */
	private void done(int source, boolean counts) {
		if (counts) {
			this.parked.clear(source);
			if (mutant() == Mutant.NONE && !this.options.seek() && source >= this.lot.committedSource()) {
				this.ledger.violated("I3: record %d is completed, the source is at %d".formatted(source,
						this.lot.committedSource()));
			}
		}
	}

	// operator

	void operate(boolean finish) {
		List<KeyStatus<TestRecord>> keys = this.lot.operations().keys();
		if (keys.isEmpty()) {
			return;
		}
		TestRecord record = keys.get(this.model.random.nextInt(keys.size())).first().source();
		byte[] key = record.key();
		switch (finish ? 0 : this.model.random.nextInt(3)) {
			case 0 -> {
				if (this.lot.operations().keys().size() % 2 == 0) {
					this.lot.operations().retryNow(key, record.offset());
				}
				this.lot.operations()
					.release(key, record.offset())
					.filter((released) -> released.standing() == Standing.DEAD)
					.ifPresent((released) -> {
						this.parked.clear((int) released.source().offset());
						this.model.trace("%d is released", released.source().offset());
						this.model.count("releases");
					});
			}
			case 1 -> this.lot.operations().retryNow(key, record.offset());
			default -> this.lot.operations().skip(key, record.offset()).ifPresent((skipped) -> {
				succeeded((int) skipped.source().offset(), "skip");
				done((int) skipped.source().offset(), true);
				this.model.count("skips");
			});
		}
	}

	// invariants

	void assertInvariants() {
		this.state.assertInvariants();
		BitSet actual = new BitSet();
		int[] count = new int[1];
		this.state.keys.forEach((key) -> {
			for (ParkedEntry<TestRecord> entry = key.first; entry != null; entry = entry.next) {
				actual.set((int) entry.offset);
				count[0]++;
			}
		});
		if (this.loaded && (!actual.equals(this.parked) || count[0] != this.parked.cardinality())) {
			this.ledger.violated("I1: parked is %s instead of %s".formatted(actual, this.parked));
		}
	}

	/** Whether only keys remain that are dead for good. */
	boolean isDone() {
		boolean[] alive = new boolean[1];
		this.state.keys.forEach((key) -> alive[0] = alive[0] || key.firstAlive() != null);
		return this.loaded && this.position >= this.options.records() && this.tasks.isEmpty()
				&& this.delivering == NOTHING && !alive[0] && this.lot.isSnapshotCommitted();
	}

}
