package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets ahead; between the leaps it goes on, or stands still. */
final class LeapClock extends Clock {

	private final Clock base;

	private volatile Duration ahead = Duration.ZERO;

	private LeapClock(Clock base) {
		this.base = base;
	}

	static LeapClock ticking() {
		return new LeapClock(Clock.systemUTC());
	}

	static LeapClock standing() {
		return new LeapClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));
	}

	/** Only one thread of a test may do that. */
	void advance(Duration duration) {
		this.ahead = this.ahead.plus(duration);
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
