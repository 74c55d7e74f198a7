package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.CleanupConfig;
import org.springframework.util.ClassUtils;

/**
 * Describes Kafka Streams applications, when Kafka Streams is on the class path.
 */
final class StreamsReader {

	private static final boolean STREAMS_PRESENT = ClassUtils.isPresent("org.apache.kafka.streams.StreamsBuilder",
			StreamsReader.class.getClassLoader());

	private StreamsReader() {
	}

	static List<StreamsSetup> read(ExistingBeans beans, ClientConfigReader configs) {
		return STREAMS_PRESENT ? FactoryBeans.read(beans, configs) : List.of();
	}

	/** Not loaded without Kafka Streams. */
	private static final class FactoryBeans {

		private static List<StreamsSetup> read(ExistingBeans beans, ClientConfigReader configs) {
			List<StreamsSetup> streams = new ArrayList<>();
			Map<String, StreamsBuilderFactoryBean> factories = beans.ofType(StreamsBuilderFactoryBean.class);
			for (Map.Entry<String, StreamsBuilderFactoryBean> factory : factories.entrySet()) {
				String name = factory.getKey();
				StreamsBuilderFactoryBean bean = factory.getValue();
				Properties properties = bean.getStreamsConfiguration();
				if (properties != null) {
					ClientConfig config = configs.read(ClientType.STREAMS, values(bean, properties),
							"bean '" + name + "'");
					CleanupConfig cleanup = cleanup(bean);
					streams.add(new StreamsSetup(name, config, cleanup.cleanupOnStart(), cleanup.cleanupOnStop(),
							uncaughtExceptionHandler(bean), stateful(bean.getTopology())));
				}
			}
			return streams;
		}

		/** Entries of any type, and texts that stand among the defaults. */
		private static Map<Object, Object> values(StreamsBuilderFactoryBean bean, Properties properties) {
			Map<Object, Object> values = new HashMap<>();
			properties.stringPropertyNames().forEach((key) -> values.put(key, properties.getProperty(key)));
			values.putAll(properties);
			if (bean.getDeadLetterTopicName() != null) {
				values.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, bean.getDeadLetterTopicName());
			}
			if (field(bean, "groupProtocol") instanceof GroupProtocol protocol) {
				values.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
			}
			return values;
		}

		private static CleanupConfig cleanup(StreamsBuilderFactoryBean bean) {
			return (field(bean, "cleanupConfig") instanceof CleanupConfig cleanup) ? cleanup : new CleanupConfig();
		}

		/** A customizer of the application gets hold of the client and may set one. */
		private static @Nullable Boolean uncaughtExceptionHandler(StreamsBuilderFactoryBean bean) {
			if (bean.getStreamsUncaughtExceptionHandler() != null) {
				return true;
			}
			Object customizer = field(bean, "kafkaStreamsCustomizer");
			return (customizer != null && Fields.isLambdaOf(customizer, StreamsBuilderFactoryBean.class)) ? false
					: null;
		}

		private static @Nullable Boolean stateful(@Nullable Topology topology) {
			if (topology == null) {
				return null;
			}
			TopologyDescription description = topology.describe();
			return !description.globalStores().isEmpty() || description.subtopologies()
				.stream()
				.flatMap((subtopology) -> subtopology.nodes().stream())
				.flatMap((node) -> (node instanceof TopologyDescription.Processor processor)
						? processor.stores().stream() : Stream.empty())
				.findAny()
				.isPresent();
		}

		private static @Nullable Object field(StreamsBuilderFactoryBean bean, String name) {
			return Fields.read(bean, StreamsBuilderFactoryBean.class, name);
		}

	}

}
