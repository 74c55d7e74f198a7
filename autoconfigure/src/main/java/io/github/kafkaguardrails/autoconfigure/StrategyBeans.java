package io.github.kafkaguardrails.autoconfigure;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.RetryMode;

/**
 * Finds the strategies that listeners use among the beans: each is qualified by the name
 * that it has in the settings. A strategy is created when the first listener needs it, or
 * when an event is published that it listens to. Safe for use by several threads.
 */
final class StrategyBeans {

	private final BeanFactory beanFactory;

	private final Map<RetryMode, ErrorHandlingStrategy> strategies = new EnumMap<>(RetryMode.class);

	private final Map<Ending, EndingStrategy> endings = new EnumMap<>(Ending.class);

	StrategyBeans(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * The strategy of a retry mode.
	 * @throws org.springframework.beans.BeansException when there is none, or more than
	 * one
	 */
	synchronized ErrorHandlingStrategy strategy(RetryMode mode) {
		return this.strategies.computeIfAbsent(mode, (key) -> find(ErrorHandlingStrategy.class, key));
	}

	/**
	 * The strategy of an ending.
	 * @throws org.springframework.beans.BeansException when there is none, or more than
	 * one
	 */
	synchronized EndingStrategy ending(Ending ending) {
		return this.endings.computeIfAbsent(ending, (key) -> find(EndingStrategy.class, key));
	}

	private <T> T find(Class<T> type, Enum<?> setting) {
		String qualifier = setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, type, qualifier);
	}

}
