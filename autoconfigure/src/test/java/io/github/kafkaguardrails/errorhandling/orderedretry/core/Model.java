package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.ModelOptions.Ending;

/**
 * One run of the randomised model of the ordered retry: consumer processes around the
 * real core, a broker, a network that loses, delays and reorders, and faults. After a
 * number of steps everything heals, and all records must find their end. The seed decides
 * everything.
 */
final class Model {

	private static final int MAX_STEPS_TO_END = 20_000;

	final SplittableRandom random;

	final ModelOptions options;

	final ModelBroker broker;

	final ModelLedger ledger;

	private final List<ModelConsumer> consumers = new ArrayList<>();

	private final List<Message> network = new ArrayList<>();

	/** Lanes that run on after their owner has lost the partition. */
	private final List<Ghost> ghosts = new ArrayList<>();

	private final boolean[] sick;

	private final Map<String, Integer> counts;

	private final @Nullable List<String> trace;

	private int available = 1;

	private boolean healed;

	private boolean zombie;

	private long now = 1;

	Model(long seed, Mutant mutant, Map<String, Integer> counts, boolean traced) {
		this.random = new SplittableRandom(seed);
		this.options = ModelOptions.of(this.random, mutant);
		@Nullable String[] keys = new String[this.options.records()];
		this.sick = new boolean[keys.length];
		int noKey = this.options.withoutKey() ? this.options.keys() - 1 : -1;
		for (int source = 0; source < keys.length; source++) {
			int key = this.random.nextInt(this.options.keys());
			keys[source] = (key != noKey) ? "k" + key : null;
		}
		for (int key = 0; key < this.sick.length; key++) {
			this.sick[key] = this.random.nextBoolean();
		}
		this.broker = new ModelBroker(keys);
		this.ledger = new ModelLedger(this.broker, keys.length);
		this.counts = counts;
		this.trace = traced ? new ArrayList<>() : null;
		for (int id = 0; id < this.options.processes(); id++) {
			this.consumers.add(new ModelConsumer(id, this));
		}
	}

	/** What is wrong with the run of a seed. */
	static List<String> run(long seed, Mutant mutant) {
		return new Model(seed, mutant, new TreeMap<>(), false).run();
	}

	// what the consumers ask for

	long now() {
		return this.now;
	}

	long later() {
		return this.now + this.random.nextInt(6);
	}

	boolean chance(double probability) {
		return this.random.nextDouble() < probability;
	}

	boolean succeeds(int source) {
		String key = this.broker.key(source);
		int number = (key != null) ? key.charAt(1) - '0' : this.sick.length - 1;
		boolean fails = this.sick[number];
		return this.healed || !chance(fails ? 0.85 : 0.1);
	}

	void count(String what) {
		count(what, 1);
	}

	void count(String what, int number) {
		this.counts.merge(what, number, Integer::sum);
	}

	@SuppressWarnings("AnnotateFormatMethod") // the annotation is not on the class path
	void trace(String format, Object... values) {
		if (this.trace != null) {
			this.trace.add(this.now + " " + format.formatted(values));
		}
	}

	List<String> traced() {
		return (this.trace != null) ? this.trace : List.of();
	}

	void abandon(Lot<TestRecord> lot, List<RetryTask<TestRecord>> tasks) {
		tasks.forEach((task) -> this.ghosts.add(new Ghost(lot, task)));
	}

	void produce(ModelConsumer sender, ParkedRecord<TestRecord> record, LongConsumer answer) {
		boolean fails = !this.healed && chance(0.05);
		boolean lands = !fails || chance(0.5);
		this.network.add(new Message(sender, () -> {
			if (lands) {
				this.broker.parked.add(record);
			}
			answer.accept(fails ? -1 : this.broker.parked.size() - 1);
		}, () -> {
			if (lands) {
				this.broker.parked.add(record);
			}
		}));
		if (chance(0.05)) {
			Runnable duplicate = () -> this.broker.parked.add(record);
			this.network.add(new Message(sender, duplicate, duplicate));
		}
	}

	void commit(ModelConsumer sender, boolean fenced, Runnable effect, Consumer<Boolean> answer) {
		long generation = sender.generation;
		int epoch = sender.epoch;
		Runnable landing = () -> {
			effect.run();
			checkCommitted();
		};
		this.network.add(new Message(sender, () -> {
			boolean applies = !fenced || this.broker.isOwner(sender.id, generation);
			if (applies) {
				landing.run();
			}
			if (sender.epoch == epoch) {
				answer.accept(applies && !chance(0.05));
			}
		}, () -> {
			if (!fenced || this.broker.isOwner(sender.id, generation)) {
				landing.run();
			}
		}));
	}

	private void checkCommitted() {
		trace("committed %s, snapshot %s", this.broker.committed().source(), this.broker.committed().snapshot());
		if (this.options.mutant() == Mutant.NONE) {
			this.ledger.committedSource();
			if (!this.options.seek()) {
				this.ledger.committedParked();
			}
		}
	}

	// the run

	List<String> run() {
		for (int step = 0; step < this.options.steps() && this.ledger.violations().isEmpty(); step++) {
			step();
		}
		if (this.ledger.violations().isEmpty()) {
			heal();
		}
		if (this.ledger.violations().isEmpty()) {
			this.ledger.end(this.zombie,
					this.options.ending() == Ending.PARK && (this.options.seek() || this.options.rewind()));
		}
		return this.ledger.violations();
	}

	private void step() {
		this.now++;
		double what = this.random.nextDouble();
		if (what < 0.06 && this.available < this.options.records()) {
			this.available++;
		}
		else if (what < 0.06 + this.options.faults()) {
			fault();
		}
		else if (what < this.options.network() && !this.network.isEmpty()) {
			arrive();
		}
		else {
			act();
		}
		if (!this.ghosts.isEmpty() && chance(0.03)) {
			exorcise(this.ghosts.remove(this.random.nextInt(this.ghosts.size())));
		}
		revoke();
		check();
	}

	private void check() {
		if (this.options.mutant() == Mutant.NONE) {
			this.consumers.stream().filter((consumer) -> consumer.owned).forEach(ModelConsumer::assertInvariants);
		}
	}

	private void arrive() {
		Message message = this.network.remove(this.random.nextInt(this.network.size()));
		(message.sender().alive ? message.arrival() : message.arrivalAfterCrash()).run();
	}

	/** The late outcome of a lane that outlived its owner. */
	private void exorcise(Ghost ghost) {
		int source = (int) ghost.task().record().source().offset();
		if (ghost.task().kind() == RetryTask.Kind.DELIVER && succeeds(source)) {
			this.ledger.succeeded(source);
			trace("a ghost ends %d", source);
			boolean counts = ghost.lot().lane().succeeded(ghost.task());
			if (counts) {
				this.ledger.violated("the outcome of a ghost counts");
			}
		}
		count("ghosts");
	}

	private void act() {
		List<Runnable> actions = new ArrayList<>();
		this.consumers.forEach((consumer) -> addActions(consumer, actions));
		if (!actions.isEmpty()) {
			actions.get(this.random.nextInt(actions.size())).run();
		}
	}

	private void addActions(ModelConsumer consumer, List<Runnable> actions) {
		if (!consumer.alive || !consumer.owned) {
			return;
		}
		if (!consumer.loaded) {
			actions.add(consumer::load);
			return;
		}
		actions.add(consumer::commit);
		if (consumer.delivering >= 0) {
			actions.add(consumer::endDelivery);
		}
		else if (!consumer.draining && consumer.position < this.available) {
			actions.add(consumer::poll);
		}
		if (!consumer.draining && consumer.tasks.size() < this.options.lanes() && consumer.state.records > 0) {
			actions.add(consumer::startTask);
		}
		for (int index = 0; index < consumer.tasks.size(); index++) {
			int each = index;
			actions.add(() -> consumer.endTask(each));
		}
		if (!consumer.state.unsent.isEmpty()) {
			actions.add(consumer::resend);
		}
		if (consumer.state.records > 0 && (this.healed || chance(0.15))) {
			actions.add(consumer::renew);
		}
		if (consumer.state.records > 0 && ((this.healed && this.options.ending() == Ending.STOP)
				|| (!this.healed && chance(0.1) && this.options.mutant() == Mutant.NONE))) {
			actions.add(() -> consumer.operate(this.healed));
		}
	}

	// faults

	private void fault() {
		List<Runnable> faults = new ArrayList<>();
		int key = this.random.nextInt(this.sick.length);
		faults.add(() -> this.sick[key] = !this.sick[key]);
		ModelConsumer owner = owner();
		if (this.options.seek() && owner != null) {
			if (owner.loaded && owner.delivering < 0 && owner.position > 0) {
				faults.add(() -> owner.seek(this.random.nextInt(owner.position)));
			}
			faults.get(this.random.nextInt(faults.size())).run();
			return;
		}
		for (ModelConsumer consumer : this.consumers) {
			if (!consumer.alive) {
				faults.add(() -> consumer.alive = true);
			}
			else if (consumer.owned && consumer.isStale()) {
				faults.add(() -> discover(consumer));
			}
			else if (owner == null && !consumer.owned) {
				faults.add(() -> assign(consumer));
			}
		}
		if (owner != null) {
			addFaults(owner, faults);
		}
		else if (this.options.truncation() && this.broker.history.size() > 1) {
			faults.add(this::truncate);
		}
		else if (this.options.rewind() && this.broker.committed().source() > 0) {
			faults.add(this::rewind);
		}
		faults.get(this.random.nextInt(faults.size())).run();
	}

	private void addFaults(ModelConsumer owner, List<Runnable> faults) {
		boolean owns = owner.alive && owner.owned && !owner.isStale();
		if (owns && !owner.draining) {
			faults.add(() -> {
				trace("%d is revoked", owner.id);
				count("revocations");
				owner.drain();
			});
		}
		if (owner.alive) {
			faults.add(() -> crash(owner));
		}
		if (!owns || this.options.zombies()) {
			faults.add(() -> expel(owner));
		}
	}

	private @Nullable ModelConsumer owner() {
		return (this.broker.owner != ModelBroker.NOBODY) ? this.consumers.get(this.broker.owner) : null;
	}

	private void assign(ModelConsumer consumer) {
		this.broker.generation++;
		this.broker.owner = consumer.id;
		consumer.assigned(this.broker.generation);
		trace("%d is assigned", consumer.id);
		count("assignments");
	}

	private void crash(ModelConsumer consumer) {
		trace("%d crashes", consumer.id);
		count("crashes");
		this.network.removeIf((message) -> message.sender() == consumer && this.random.nextBoolean());
		this.network.replaceAll((message) -> (message.sender() == consumer) ? message.crashed() : message);
		consumer.crash();
	}

	/** The group goes on without its member, which may not know yet. */
	private void expel(ModelConsumer consumer) {
		trace("%d is expelled", consumer.id);
		count("expulsions");
		this.broker.owner = ModelBroker.NOBODY;
		this.broker.generation++;
		this.zombie = this.zombie || (consumer.alive && consumer.owned);
	}

	private void discover(ModelConsumer consumer) {
		trace("%d discovers its expulsion", consumer.id);
		consumer.reset();
	}

	private void truncate() {
		trace("the log of the commits loses its end");
		count("truncations");
		this.broker.truncate(1 + this.random.nextInt(Math.min(4, this.broker.history.size() - 1)));
	}

	private void rewind() {
		int offset = this.random.nextInt((int) this.broker.committed().source());
		trace("the operator rewinds to %d", offset);
		count("rewinds");
		this.broker.commitSource(offset);
	}

	/** Graceful revocations, as far as they can go on. */
	private void revoke() {
		for (ModelConsumer consumer : this.consumers) {
			if (!consumer.alive || !consumer.owned || !consumer.draining) {
				continue;
			}
			boolean busy = !consumer.tasks.isEmpty() || consumer.delivering >= 0;
			if (busy && this.options.mutant() != Mutant.NO_DRAIN) {
				continue;
			}
			if (consumer.isStale()) {
				consumer.reset();
			}
			else if (!consumer.loaded || this.options.mutant() == Mutant.NO_DRAIN
					|| (consumer.isFlushed() && !isOnTheWay(consumer))) {
				trace("%d has given the partition up", consumer.id);
				this.broker.owner = ModelBroker.NOBODY;
				consumer.reset();
			}
			else if (!isOnTheWay(consumer)) {
				consumer.resend();
				consumer.commit();
			}
		}
	}

	private boolean isOnTheWay(ModelConsumer consumer) {
		return this.network.stream().anyMatch((message) -> message.sender() == consumer);
	}

	/** Nothing fails any more; everything must come to its end. P3. */
	private void heal() {
		trace("everything heals");
		this.healed = true;
		this.available = this.options.records();
		while (!this.ghosts.isEmpty()) {
			exorcise(this.ghosts.remove(this.ghosts.size() - 1));
		}
		for (int step = 0; step < MAX_STEPS_TO_END; step++) {
			this.now++;
			if (!this.ledger.violations().isEmpty() || isDone()) {
				return;
			}
			revoke();
			healMembership();
			if (!this.network.isEmpty() && this.random.nextBoolean()) {
				arrive();
			}
			act();
			check();
		}
		this.ledger.violated("P3: stuck with the source at %d".formatted(this.broker.committed().source()));
	}

	private boolean isDone() {
		ModelConsumer owner = owner();
		return owner != null && owner.alive && !owner.isStale() && owner.isDone() && this.network.isEmpty()
				&& this.broker.committed().source() >= this.options.records();
	}

	private void healMembership() {
		this.consumers.stream()
			.filter((consumer) -> consumer.alive && consumer.owned && consumer.isStale())
			.forEach(ModelConsumer::reset);
		ModelConsumer owner = owner();
		if (owner != null && (!owner.alive || !owner.owned)) {
			expel(owner);
		}
		if (owner() == null) {
			this.consumers.get(0).alive = true;
			this.consumers.stream()
				.filter((consumer) -> consumer.alive && !consumer.owned)
				.findFirst()
				.ifPresent(this::assign);
		}
	}

	/**
	 * A request on its way.
	 *
	 * @param sender process that sent it
	 * @param arrival what it does, the answer included
	 * @param arrivalAfterCrash what it does when nobody waits for the answer
	 */
	private record Message(ModelConsumer sender, Runnable arrival, Runnable arrivalAfterCrash) {

		Message crashed() {
			return new Message(this.sender, this.arrivalAfterCrash, this.arrivalAfterCrash);
		}

	}

	private record Ghost(Lot<TestRecord> lot, RetryTask<TestRecord> task) {
	}

}
