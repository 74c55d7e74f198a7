package io.github.kafkaguardrails.samples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.AdminSetup;
import io.github.kafkaguardrails.setup.ApplicationSetup;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.GuardrailsSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PlatformSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TemplateSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * The picture of an application with many clients, of which every tenth is misconfigured.
 */
final class LargeSetup {

	private static final SerdeSetup DESERIALIZER = SerdeSetup.ofClass(StringDeserializer.class.getName());

	private static final SerdeSetup SERIALIZER = SerdeSetup.ofClass(StringSerializer.class.getName());

	private static final List<String> LISTENER_KEYS = List.of("retry.max-attempts", "then");

	private LargeSetup() {
	}

	/**
	 * A picture.
	 * @param listeners number of listeners, each with a consumer configuration of its own
	 * @param clients number of producer factories, consumer factories and admins
	 * @param ruleIds ids of all rules
	 */
	static KafkaSetup of(int listeners, int clients, Set<String> ruleIds) {
		int producers = clients / 2;
		ApplicationSetup application = new ApplicationSetup(false, true, Set.of("prod"), false, true, false, true,
				List.of(), properties(listeners), List.of(),
				new GuardrailsSetup(List.copyOf(ruleIds), List.of(), LISTENER_KEYS), false,
				new PlatformSetup(Map.of(), Set.of(), Set.of(), Set.of(), false));
		return new KafkaSetup(application, IntStream.range(0, producers).mapToObj(LargeSetup::producer).toList(),
				IntStream.range(0, clients - producers - 1).mapToObj(LargeSetup::consumer).toList(),
				IntStream.range(0, listeners).mapToObj(LargeSetup::listener).toList(),
				List.of(new AdminSetup("kafkaAdmin", config(ClientType.ADMIN, Map.of()))), List.of(), List.of(),
				List.of(), ActivitySetup.NONE);
	}

	private static ProducerSetup producer(int number) {
		ClientConfig config = config(ClientType.PRODUCER,
				Map.of("acks", misconfigured(number) ? "1" : "all", "linger.ms", 5, "compression.type", "lz4",
						"delivery.timeout.ms", 120_000, "client.id", "producer-" + number));
		return new ProducerSetup("producerFactory" + number,
				List.of(new TemplateSetup("template" + number, false, false, List.of())), List.of(), config, SERIALIZER,
				SERIALIZER, null, false, false, true, false);
	}

	private static ConsumerSetup consumer(int number) {
		return new ConsumerSetup("consumerFactory" + number, consumerConfig(number), false, true);
	}

	private static ListenerSetup listener(int number) {
		String className = "com.example.Listener" + number;
		ListenerMethod method = new ListenerMethod(className, "handle", ListenerMethod.AcknowledgmentParameter.NONE,
				false, ListenerMethod.ReturnKind.SYNCHRONOUS, "void", false, "java.lang.String");
		String ackMode = misconfigured(number) ? "MANUAL" : "BATCH";
		ContainerSetup container = new ContainerSetup(
				(number % 2 == 0) ? ContainerSetup.Type.RECORD : ContainerSetup.Type.BATCH,
				"kafkaListenerContainerFactory", "consumerFactory" + number, ackMode, false, 3, false, true, null,
				bootValues(ackMode), true, true, false, List.of());
		return new ListenerSetup("listener-" + number, true, ListenerSetup.Role.MAIN, className + "#handle",
				"group-" + number, Subscription.ofTopics("topic-" + number), container, consumerConfig(number),
				DESERIALIZER, DESERIALIZER, List.of(method),
				ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.GUARDRAILS, "blocking retry, then dead-letter"), false,
				false, null);
	}

	private static ClientConfig consumerConfig(int number) {
		return config(ClientType.CONSUMER,
				Map.of("group.id", "group-" + number, "enable.auto.commit", misconfigured(number), "auto.offset.reset",
						"earliest", "isolation.level", "read_committed", "max.poll.records", 200,
						"max.poll.interval.ms", misconfigured(number) ? 10_000 : 300_000, "session.timeout.ms", 45_000,
						"heartbeat.interval.ms", 3_000));
	}

	private static ClientConfig config(ClientType type, Map<String, Object> properties) {
		List<ConfigValue> values = new ArrayList<>();
		values.add(fromProperty("bootstrap.servers", "spring.kafka.bootstrap-servers", "broker-1:9092,broker-2:9092"));
		values.add(fromProperty("security.protocol", "spring.kafka.security.protocol", "SSL"));
		properties.forEach((key, value) -> values
			.add(fromProperty(key, "spring.kafka." + name(type) + ".properties." + key, value)));
		return ClientConfig.of(type, values);
	}

	private static Map<String, String> bootValues(String ackMode) {
		return Map.of("spring.kafka.listener.ack-mode", ackMode, "spring.kafka.listener.concurrency", "3",
				"spring.kafka.listener.poll-timeout", "PT5S", "spring.kafka.listener.observation-enabled", "false",
				"spring.kafka.listener.idle-between-polls", "PT0S", "spring.kafka.listener.missing-topics-fatal",
				"false", "spring.kafka.listener.immediate-stop", "false", "spring.kafka.listener.async-acks", "false");
	}

	/**
	 * Every client key is known as a property and every fourth is set; two that are set
	 * are misspelt. Every fifth listener has settings of its own.
	 */
	private static PropertySetup properties(int listeners) {
		List<String> known = Stream.of(ClientType.CONSUMER, ClientType.PRODUCER, ClientType.ADMIN)
			.flatMap((type) -> type.keys()
				.keySet()
				.stream()
				.sorted()
				.map((key) -> "spring.kafka." + name(type) + "." + key.replace('.', '-')))
			.toList();
		List<String> set = new ArrayList<>(List.of("spring.kafka.listener.ack-mode",
				"spring.kafka.consumer.max-pol-records", "spring.kafka.producer.ack"));
		IntStream.range(0, known.size() / 4).forEach((i) -> set.add(known.get(i * 4)));
		IntStream.range(0, listeners / 5)
			.forEach((i) -> set.add("kafka.guardrails.listeners.listener-" + i * 5 + "." + LISTENER_KEYS.get(0)));
		return new PropertySetup(set.stream().map((name) -> fromProperty(name, name, "BATCH")).toList(),
				Stream
					.concat(known.stream().map((name) -> new PropertySetup.KnownProperty(name, false, null, null)),
							Stream.of(new PropertySetup.KnownProperty("kafka.guardrails.listeners", true, null, null)))
					.toList());
	}

	private static String name(ClientType type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

	private static ConfigValue fromProperty(String key, String property, Object value) {
		return new ConfigValue(key, value, value.toString(), ValueOrigin.property(property, "application.yml:12:13"));
	}

	private static boolean misconfigured(int number) {
		return number % 10 == 0;
	}

}
