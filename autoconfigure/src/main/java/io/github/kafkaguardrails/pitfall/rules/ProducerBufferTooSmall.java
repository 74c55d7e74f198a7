package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers whose {@code buffer.memory} is smaller than {@code batch.size} (error)
 * or than {@code max.request.size} (warning).
 *
 * <p>
 * Why it hurts: the client takes memory for a whole batch at a time. When the buffer is
 * smaller than that, every single send fails with an {@code IllegalArgumentException}
 * about a "hard limit on memory allocations"; the application has started long before.
 * When only large records do not fit, only those fail, on the day when the first one
 * arrives.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.buffer-memory: 32KB} with {@code batch-size: 64KB}.
 * Right: {@code spring.kafka.producer.buffer-memory: 32MB}, which is the default.
 *
 * <p>
 * Legitimate for the warning where no record is that large: lower
 * {@code max.request.size} to say so. A factory that overrides how producers are created
 * may still change the values, so it is only warned.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_buffer.memory">buffer.memory</a>
 */
@Pitfall(id = "producer-buffer-too-small",
		title = "The memory of the producer cannot hold one batch or one large record", severity = Severity.ERROR,
		why = "A producer that cannot allocate a batch fails at every send.",
		remedy = "spring.kafka.producer.buffer-memory: 32MB", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ProducerBufferTooSmall implements StartupPitfallRule {

	private static final String BUFFER = "buffer.memory";

	private static final String BATCH = "batch.size";

	private static final String REQUEST = "max.request.size";

	private static final long MEGABYTE = 1 << 20;

	private static final long DEFAULT_BUFFER = 32;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			Optional<Finding> finding = accepted(producer.config()) ? finding(producer) : Optional.empty();
			if (finding.isPresent()) {
				findings.add(finding.get());
			}
		}
		return findings;
	}

	private static boolean accepted(ClientConfig config) {
		return accepted(config, BUFFER) && accepted(config, BATCH) && accepted(config, REQUEST);
	}

	private static boolean accepted(ClientConfig config, String key) {
		return RejectedValues.accepts(config, key) && config.number(key).isPresent();
	}

	private static Optional<Finding> finding(ProducerSetup producer) {
		ClientConfig config = producer.config();
		long buffer = config.number(BUFFER).orElseThrow();
		long batch = config.number(BATCH).orElseThrow();
		long request = config.number(REQUEST).orElseThrow();
		if (buffer < batch) {
			return Optional.of(mended(
					Finding.of(producer.subject(),
							"Memory is taken for a whole batch, and there is not enough of it: every send fails with "
									+ "an IllegalArgumentException.")
						.withSeverity(producer.customized() ? Severity.WARNING : Severity.ERROR),
					config, BATCH, Math.max(batch, request)));
		}
		if (buffer < request) {
			return Optional.of(mended(Finding
				.of(producer.subject(),
						"A record that is larger than the buffer and smaller than " + REQUEST
								+ " fails with a RecordTooLargeException.")
				.withSeverity(Severity.WARNING), config, REQUEST, request));
		}
		return Optional.empty();
	}

	private static Finding mended(Finding finding, ClientConfig config, String limit, long needed) {
		long megabytes = Math.max(DEFAULT_BUFFER, (2 * needed + MEGABYTE - 1) / MEGABYTE);
		return Remedy.set(finding.withEvidence(config.get(BUFFER)).withEvidence(config.get(limit)), config.get(BUFFER),
				"spring.kafka.producer.buffer-memory", megabytes + "MB");
	}

}
