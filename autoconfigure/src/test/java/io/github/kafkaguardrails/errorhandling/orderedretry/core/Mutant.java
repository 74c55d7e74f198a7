package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * The rules that the model can break, one at a time.
 */
enum Mutant {

	/** The protocol as it is. */
	NONE,

	/** R4: the source is committed before the parked topic. */
	SOURCE_FIRST,

	/** R8: records are delivered although the state was not loaded. */
	NO_LOAD,

	/** R3: a failing head is completed and parked anew. */
	TAIL,

	/** R1: the order inside a key is that of the parked topic. */
	FIFO_PARKED,

	/** R5: no frontier. */
	NO_FRONTIER,

	/** R5: the committed offset alone, with a seek backwards at run time. */
	COMMITTED_ONLY,

	/** R5: the position of the main path alone, with keys that stay parked. */
	MAIN_POSITION_ONLY,

	/** R7: everything behind the snapshot is pending. */
	NO_HIGH,

	/** R4: the gate covers parks only, not completions. */
	GATE_PARKS_ONLY,

	/**
	 * R4: when a snapshot is committed, a later offset than the permitted one follows.
	 */
	LATER_OFFSET,

	/** R4: the offset that was asked for is committed, not the permitted one. */
	ASKED_OFFSET,

	/** R6: a late acknowledgement brings a finished record back. */
	RESURRECT,

	/** I7: the parked topic is committed outside of the group. */
	NO_FENCE,

	/** R9: a revocation does not wait for the lanes. */
	NO_DRAIN,

	/** R11: followers go to the dead-letter topic before the marker is acknowledged. */
	DEAD_RACE,

	/** R2: a record is delivered while a lane has a later one of its key in hand. */
	IGNORE_WAIT

}
