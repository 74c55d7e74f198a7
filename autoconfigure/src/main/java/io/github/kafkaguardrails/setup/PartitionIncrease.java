package io.github.kafkaguardrails.setup;

/**
 * Partitions that a start of the application adds to a topic that holds records.
 *
 * @param topic name of the topic
 * @param bean name of the bean that declares it
 * @param before number of partitions that it had
 * @param after number of partitions that the bean declares
 * @since 0.1.0
 */
public record PartitionIncrease(String topic, String bean, int before, int after) {

	public Subject subject() {
		return new Subject(Subject.Kind.TOPIC, this.topic);
	}

}
