package io.github.kafkaguardrails.activity;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Remembers why consumers stopped by themselves, for as long as their containers live.
 * Events arrive on consumer threads.
 *
 * @since 0.1.0
 */
public final class AbnormalStops implements ApplicationListener<ConsumerStoppedEvent> {

	private final Map<MessageListenerContainer, ConsumerStoppedEvent.Reason> reasons = Collections
		.synchronizedMap(new WeakHashMap<>());

	@Override
	public void onApplicationEvent(ConsumerStoppedEvent event) {
		if (event.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
			this.reasons.put(event.getContainer(MessageListenerContainer.class), event.getReason());
		}
	}

	/**
	 * Why a consumer of this container stopped last, other than on request; {@code null}
	 * when none did.
	 */
	public ConsumerStoppedEvent.@Nullable Reason reason(MessageListenerContainer container) {
		return this.reasons.get(container);
	}

}
