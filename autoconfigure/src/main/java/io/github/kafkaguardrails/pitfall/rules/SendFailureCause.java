package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

/**
 * Why a producer gives up a record.
 *
 * @param keys keys of the producer that have to do with it
 * @param remedy what to do about it
 */
record SendFailureCause(List<String> keys, String remedy) {

	/**
	 * The cause.
	 * @param exception simple class name of an exception of the client
	 */
	static SendFailureCause of(String exception) {
		return switch (exception) {
			case "RecordTooLargeException" -> new SendFailureCause(List.of("max.request.size"),
					"send smaller records, or raise max.request.size of the producer and max.message.bytes of the topic");
			case "BufferExhaustedException" -> new SendFailureCause(List.of("buffer.memory", "max.block.ms"),
					"send less, or find out why the brokers take so little");
			case "TimeoutException" -> new SendFailureCause(List.of("delivery.timeout.ms", "max.block.ms"),
					"find out why the brokers did not answer in time, or whether the topic exists");
			case "TopicAuthorizationException", "ClusterAuthorizationException",
					"TransactionalIdAuthorizationException" ->
				new SendFailureCause(List.of(), "let the application's principal write to the topic (kafka-acls.sh)");
			case "UnknownTopicOrPartitionException" ->
				new SendFailureCause(List.of(), "create the topic, or correct its name");
			case "NotEnoughReplicasException", "NotEnoughReplicasAfterAppendException" ->
				new SendFailureCause(List.of("acks"),
						"bring the brokers back: fewer replicas are in sync than min.insync.replicas demands");
			case "InvalidRecordException" ->
				new SendFailureCause(List.of(), "send records that the topic accepts; a compacted topic needs a key");
			default -> new SendFailureCause(List.of(), "look for the exception in the log");
		};
	}

}
