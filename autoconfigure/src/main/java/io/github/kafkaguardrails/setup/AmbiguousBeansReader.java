package io.github.kafkaguardrails.setup;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;

import io.github.kafkaguardrails.setup.ApplicationSetup.AmbiguousBeans;

/**
 * Finds the types of which Spring Boot uses no bean because there are several. The
 * question is put to the bean factory in the very words in which Spring Boot puts it:
 * type arguments and parameter names take part in the choice.
 */
final class AmbiguousBeansReader {

	private static final Log logger = LogFactory.getLog(AmbiguousBeansReader.class);

	private AmbiguousBeansReader() {
	}

	static List<AmbiguousBeans> read(ConfigurableListableBeanFactory beanFactory) {
		List<AmbiguousBeans> ambiguous = new ArrayList<>();
		for (Field field : InjectionPoints.class.getDeclaredFields()) {
			DependencyDescriptor point = new DependencyDescriptor(field, false);
			Class<?> type = ResolvableType.forField(field).getGeneric(0).toClass();
			List<String> names = candidates(beanFactory, point, type);
			if (names.size() > 1 && !unique(beanFactory, point)) {
				ambiguous.add(new AmbiguousBeans(type.getSimpleName(), names));
			}
		}
		return ambiguous;
	}

	private static List<String> candidates(ConfigurableListableBeanFactory beanFactory, DependencyDescriptor point,
			Class<?> type) {
		DependencyDescriptor nested = new NestedPoint(point);
		List<String> candidates = new ArrayList<>();
		for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
			if (beanFactory.isAutowireCandidate(name, nested)) {
				candidates.add(name);
			}
		}
		return candidates;
	}

	private static boolean unique(ConfigurableListableBeanFactory beanFactory, DependencyDescriptor point) {
		try {
			return !(beanFactory.resolveDependency(point, null) instanceof ObjectProvider<?> provider)
					|| provider.getIfUnique() != null;
		}
		catch (BeansException ex) {
			logger.debug("Cannot tell whether there is a unique bean for " + point, ex);
			return true;
		}
	}

	/** What the provider provides. */
	private static final class NestedPoint extends DependencyDescriptor {

		private NestedPoint(DependencyDescriptor provider) {
			super(provider);
			increaseNestingLevel();
		}

	}

	/** As in the constructor of Spring Boot's configuration of listeners. */
	private record InjectionPoints(ObjectProvider<RecordFilterStrategy<Object, Object>> recordFilterStrategy,
			ObjectProvider<KafkaAwareTransactionManager<Object, Object>> kafkaTransactionManager,
			ObjectProvider<ConsumerAwareRebalanceListener> rebalanceListener,
			ObjectProvider<CommonErrorHandler> commonErrorHandler,
			ObjectProvider<AfterRollbackProcessor<Object, Object>> afterRollbackProcessor,
			ObjectProvider<RecordInterceptor<Object, Object>> recordInterceptor) {

	}

}
