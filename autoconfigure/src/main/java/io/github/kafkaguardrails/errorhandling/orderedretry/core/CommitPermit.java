package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.jspecify.annotations.Nullable;

/**
 * The gate's answer to the wish to commit an offset of the source partition.
 *
 * @param offset offset that may be committed, at most the one that was asked for; smaller
 * when records before it wait for the acknowledgement of the parked topic. Without
 * meaning when held back
 * @param first what must be committed for the parked topic before, or {@code null} when
 * there is nothing to commit. Once this very snapshot is committed the offset may be
 * committed without asking again, whatever happens in the meantime; a later offset may
 * not
 * @param held whether nothing may be committed now. To drop a commit is always safe
 * @since 0.1.0
 */
public record CommitPermit(long offset, @Nullable PendingSnapshot first, boolean held) {

	static final CommitPermit HELD = new CommitPermit(-1, null, true);

}
