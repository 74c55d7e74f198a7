package io.github.kafkaguardrails.autoconfigure;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.util.ReflectionUtils;

import io.github.kafkaguardrails.cluster.DeclaredTopic;
import io.github.kafkaguardrails.cluster.PartitionLook;
import io.github.kafkaguardrails.cluster.PartitionWatch;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * Puts a {@link PartitionWatch} before the predicate of every {@link KafkaAdmin}. The
 * admin asks the predicate when it is about to act, and only if topics are declared.
 */
final class PartitionWatchPostProcessor implements BeanPostProcessor, Ordered {

	private final ListableBeanFactory beanFactory;

	private final ObjectProvider<PitfallInspection> inspection;

	private final PartitionLook look = new PartitionLook();

	PartitionWatchPostProcessor(ListableBeanFactory beanFactory, ObjectProvider<PitfallInspection> inspection) {
		this.beanFactory = beanFactory;
		this.inspection = inspection;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof KafkaAdmin admin) {
			watch(admin);
		}
		return bean;
	}

	@SuppressWarnings("unchecked") // a predicate of topics, as its setter says
	private void watch(KafkaAdmin admin) {
		if (field(KafkaAdmin.class, "createOrModifyTopic", admin) instanceof Predicate<?> users) {
			admin.setCreateOrModifyTopic(new PartitionWatch((Predicate<NewTopic>) users, this::declared,
					admin::getConfigurationProperties, this.look, () -> this.inspection.getObject().changed()));
		}
	}

	private List<DeclaredTopic> declared() {
		List<DeclaredTopic> topics = new ArrayList<>();
		if (this.inspection.getObject().enforcement() == Enforcement.OFF) {
			return topics;
		}
		this.beanFactory.getBeansOfType(NewTopic.class, false, false)
			.forEach((bean, topic) -> topics.add(new DeclaredTopic(bean, topic.name(), topic.numPartitions())));
		this.beanFactory.getBeansOfType(KafkaAdmin.NewTopics.class, false, false).forEach((bean, several) -> {
			if (field(KafkaAdmin.NewTopics.class, "newTopics", several) instanceof Collection<?> elements) {
				elements.stream()
					.filter(NewTopic.class::isInstance)
					.map(NewTopic.class::cast)
					.forEach((topic) -> topics.add(new DeclaredTopic(bean, topic.name(), topic.numPartitions())));
			}
		});
		return topics;
	}

	/** A field that does not exist is no reason not to start: nothing is watched then. */
	private static @Nullable Object field(Class<?> type, String name, Object target) {
		Field field = ReflectionUtils.findField(type, name);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, target);
	}

}
