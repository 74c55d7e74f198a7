package io.github.kafkaguardrails.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.RetryMode;

/**
 * Finds the strategies that listeners use among the beans: each is qualified by the name
 * that it has in the settings. A strategy is created when the first listener needs it.
 * Safe for use by several threads.
 */
final class StrategyBeans {

	private final BeanFactory beanFactory;

	private final Map<RetryMode, ErrorHandlingStrategy> strategies = new ConcurrentHashMap<>();

	private final Map<Ending, EndingStrategy> endings = new ConcurrentHashMap<>();

	StrategyBeans(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * The strategy of a retry mode.
	 * @throws org.springframework.beans.BeansException when there is none, or more than
	 * one
	 */
	ErrorHandlingStrategy strategy(RetryMode mode) {
		return get(this.strategies, mode, ErrorHandlingStrategy.class);
	}

	/**
	 * The strategy of an ending.
	 * @throws org.springframework.beans.BeansException when there is none, or more than
	 * one
	 */
	EndingStrategy ending(Ending ending) {
		return get(this.endings, ending, EndingStrategy.class);
	}

	/**
	 * No lock is held while a bean is created: the thread that creates a listener may
	 * hold the bean factory's, and it gives everybody the same bean anyway.
	 */
	private <K extends Enum<K>, T> T get(Map<K, T> known, K setting, Class<T> type) {
		T strategy = known.get(setting);
		if (strategy == null) {
			strategy = find(type, setting);
			known.put(setting, strategy);
		}
		return strategy;
	}

	private <T> T find(Class<T> type, Enum<?> setting) {
		String qualifier = setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, type, qualifier);
	}

}
