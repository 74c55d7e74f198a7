package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.nio.file.Path;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.LedgerEntry.Event;

/**
 * One instance of the application that is tormented, in a process of its own. A record
 * fails until the instant that its value names, in epoch milliseconds.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ChaosInstance.Work.class, ChaosInstance.AutomaticListener.class, ChaosInstance.ManualListener.class })
public class ChaosInstance {

	static final String TOPIC = "chaos";

	static final String GROUP = "group";

	static final String MANUAL = "chaos.manual";

	public static void main(String[] args) {
		new SpringApplicationBuilder(ChaosInstance.class).web(WebApplicationType.NONE).run(args);
	}

	/** What each delivery does. */
	static class Work {

		private final LedgerFile ledger;

		Work(@Value("${chaos.ledger}") Path ledger) {
			this.ledger = new LedgerFile(ledger);
		}

		void process(ConsumerRecord<String, String> record) {
			this.ledger.write(Event.STARTED, record);
			if (System.currentTimeMillis() < Long.parseLong(record.value())) {
				this.ledger.write(Event.FAILED, record);
				throw new IllegalStateException("not before " + record.value());
			}
			this.ledger.write(Event.SUCCEEDED, record);
		}

	}

	@ConditionalOnProperty(name = MANUAL, havingValue = "true")
	static class ManualListener {

		private final Work work;

		ManualListener(Work work) {
			this.work = work;
		}

		@KafkaListener(id = "chaos", groupId = GROUP, topics = TOPIC, concurrency = "2")
		void handle(ConsumerRecord<String, String> record, Acknowledgment acknowledgment) {
			this.work.process(record);
			acknowledgment.acknowledge();
		}

	}

	@ConditionalOnProperty(name = MANUAL, havingValue = "false")
	static class AutomaticListener {

		private final Work work;

		AutomaticListener(Work work) {
			this.work = work;
		}

		@KafkaListener(id = "chaos", groupId = GROUP, topics = TOPIC, concurrency = "2")
		void handle(ConsumerRecord<String, String> record) {
			this.work.process(record);
		}

	}

}
