package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.springframework.kafka.config.StreamsBuilderFactoryBean;
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
			beans.ofType(StreamsBuilderFactoryBean.class).forEach((name, bean) -> {
				Properties properties = bean.getStreamsConfiguration();
				if (properties != null) {
					streams.add(new StreamsSetup(name,
							configs.read(ClientType.STREAMS, values(properties), "bean '" + name + "'")));
				}
			});
			return streams;
		}

		/** Entries of any type, and texts that stand among the defaults. */
		private static Map<Object, Object> values(Properties properties) {
			Map<Object, Object> values = new HashMap<>();
			properties.stringPropertyNames().forEach((key) -> values.put(key, properties.getProperty(key)));
			values.putAll(properties);
			return values;
		}

	}

}
