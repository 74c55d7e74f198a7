package io.github.kafkaguardrails.cluster;

/**
 * A topic that a bean declares.
 *
 * @param bean name of the bean
 * @param name name of the topic
 * @param partitions number of partitions, not positive when the broker decides
 * @since 0.1.0
 */
public record DeclaredTopic(String bean, String name, int partitions) {

}
