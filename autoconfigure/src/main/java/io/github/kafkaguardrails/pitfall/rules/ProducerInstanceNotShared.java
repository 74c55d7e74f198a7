package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ApplicationSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags producer factories that are no singletons, and factories that make a producer for
 * each thread.
 *
 * <p>
 * Why it hurts: an API made a producer for each request. Each one had a thread and
 * connections to every broker, and the brokers kept every producer id for a day, until
 * their memory was full and the cluster was down for hours.
 *
 * <p>
 * Wrong: {@code @Scope("prototype")} on a {@code ProducerFactory}, or
 * {@code setProducerPerThread(true)}, above all with virtual threads. Right: one
 * singleton factory; a {@code KafkaProducer} is made for use by many threads.
 *
 * <p>
 * Legitimate for a fixed, small number of threads that must not wait for each other:
 * waive it for that factory. A template that is no singleton is not flagged: all
 * templates of one factory share its producer.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/sending-messages.html">Sending
 * messages</a>
 */
@Pitfall(id = "producer-instance-not-shared", title = "Producers are created per caller instead of being shared",
		severity = Severity.WARNING,
		why = "Each producer has a thread, connections to every broker and up to buffer.memory of its own.",
		remedy = "one singleton ProducerFactory without producerPerThread", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerInstanceNotShared implements PitfallRule {

	/** Scopes that make a new object for every caller, request or thread. */
	private static final Set<String> UNSHARED = Set.of("prototype", "request", "session", "websocket", "thread");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ApplicationSetup.ScopedBean factory : setup.application().scopedProducerFactories()) {
			if (UNSHARED.contains(factory.scope())) {
				findings.add(scoped(factory));
			}
		}
		setup.producers()
			.stream()
			.filter(ProducerSetup::producerPerThread)
			.map((producer) -> perThread(producer, setup.application().virtualThreads()))
			.forEach(findings::add);
		return findings;
	}

	private static Finding scoped(ApplicationSetup.ScopedBean factory) {
		return Finding
			.of(new Subject(Subject.Kind.PRODUCER, factory.name()),
					"Each object of this factory has a producer of its own, with a thread, connections to every broker "
							+ "and up to buffer.memory.")
			.withEvidence(ConfigValue.of("scope", factory.scope(), ValueOrigin.code("bean '" + factory.name() + "'")))
			.withFix(Fix.action("make the factory a singleton: a producer is made for use by many threads"));
	}

	private static Finding perThread(ProducerSetup producer, boolean virtualThreads) {
		String each = "Each thread that sends gets a producer, with a thread, connections to every broker and up to "
				+ "buffer.memory of its own";
		return Finding
			.of(producer.subject(),
					virtualThreads ? each + ", and with virtual threads nearly every send comes from a new thread."
							: each + ".")
			.withEvidence(ConfigValue.of("producerPerThread", true, ValueOrigin.code("bean '" + producer.name() + "'")))
			.withFix(Fix.action("remove setProducerPerThread(true): a producer is made for use by many threads"));
	}

}
