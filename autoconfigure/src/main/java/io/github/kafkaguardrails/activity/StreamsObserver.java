package io.github.kafkaguardrails.activity;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.util.ClassUtils;

import io.github.kafkaguardrails.setup.ActivitySetup.StreamsActivity;

/**
 * Tells the state of the Kafka Streams applications that have been started, when Kafka
 * Streams is on the class path.
 *
 * @since 0.1.0
 */
public final class StreamsObserver {

	private static final boolean STREAMS_PRESENT = ClassUtils.isPresent("org.apache.kafka.streams.StreamsBuilder",
			StreamsObserver.class.getClassLoader());

	private final ListableBeanFactory beans;

	public StreamsObserver(ListableBeanFactory beans) {
		this.beans = beans;
	}

	public List<StreamsActivity> states() {
		return STREAMS_PRESENT ? FactoryBeans.states(this.beans) : List.of();
	}

	/** Not loaded without Kafka Streams. */
	private static final class FactoryBeans {

		private static List<StreamsActivity> states(ListableBeanFactory beans) {
			List<StreamsActivity> states = new ArrayList<>();
			beans.getBeansOfType(StreamsBuilderFactoryBean.class, false, false).forEach((name, bean) -> {
				KafkaStreams streams = bean.getKafkaStreams();
				if (streams != null) {
					states.add(new StreamsActivity(BeanFactoryUtils.transformedBeanName(name), streams.state().name()));
				}
			});
			return states;
		}

	}

}
