package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * The application whose listener is measured; one of the two listeners joins it. There is
 * no meter registry: a timer per record would hide what else a record costs.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = MetricsAutoConfiguration.class)
class ThroughputApplication {

	/** Receives one record per call. */
	static final class EachRecord {

		private final FinishLine finishLine;

		EachRecord(FinishLine finishLine) {
			this.finishLine = finishLine;
		}

		@KafkaListener(id = "throughput", idIsGroup = false, topics = "${benchmark.topic}")
		void handle(ConsumerRecord<byte[], byte[]> record) {
			this.finishLine.passed(1);
		}

	}

	/** Receives the records of a poll in one call. */
	static final class EachBatch {

		private final FinishLine finishLine;

		EachBatch(FinishLine finishLine) {
			this.finishLine = finishLine;
		}

		@KafkaListener(id = "throughput", idIsGroup = false, topics = "${benchmark.topic}", batch = "true")
		void handle(List<ConsumerRecord<byte[], byte[]>> records) {
			this.finishLine.passed(records.size());
		}

	}

}
