package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * The singletons of a context that exist already. Looking creates none: a lazy bean that
 * nobody asked for stays uncreated, and is seen when the context is read again.
 */
final class ExistingBeans {

	private static final Log logger = LogFactory.getLog(ExistingBeans.class);

	private final ConfigurableListableBeanFactory beanFactory;

	ExistingBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/** The beans of a type by name, in the order of their definition. */
	<T> Map<String, T> ofType(Class<T> type) {
		Map<String, T> beans = new LinkedHashMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(type, false, false)) {
			String plainName = BeanFactoryUtils.transformedBeanName(name);
			if (this.beanFactory.containsSingleton(plainName)) {
				T bean = get(name, type);
				if (bean != null) {
					beans.put(plainName, bean);
				}
			}
		}
		return beans;
	}

	/** Whether a method of this configuration class declares the bean. */
	boolean declaredIn(String name, Class<?> configuration) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
		Method method = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		return method != null && method.getDeclaringClass() == configuration;
	}

	/** The name of a bean among these, or {@code null} when it is none of them. */
	static @Nullable String nameOf(Map<String, ?> beans, @Nullable Object bean) {
		return beans.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == bean)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	private <T> @Nullable T get(String name, Class<T> type) {
		try {
			Object bean = this.beanFactory.getBean(name);
			if (type.isInstance(bean)) {
				return type.cast(bean);
			}
		}
		catch (BeansException ex) {
			logger.debug("Bean '" + name + "' is left out of the picture", ex);
		}
		return null;
	}

}
