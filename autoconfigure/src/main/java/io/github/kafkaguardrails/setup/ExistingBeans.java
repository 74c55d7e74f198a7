package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
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

	private final Map<String, Object> singletons = new LinkedHashMap<>();

	ExistingBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		Iterator<String> names = beanFactory.getBeanNamesIterator();
		while (names.hasNext()) {
			String name = names.next();
			if (beanFactory.containsSingleton(name)) {
				this.singletons.put(name, Objects.requireNonNull(beanFactory.getSingleton(name)));
			}
		}
	}

	/**
	 * The beans of a type by name, in the order of their definition. The objects are
	 * asked, not the definitions: that takes a fraction of the time.
	 */
	<T> Map<String, T> ofType(Class<T> type) {
		Map<String, T> beans = new LinkedHashMap<>();
		for (Map.Entry<String, Object> entry : this.singletons.entrySet()) {
			Object singleton = entry.getValue();
			Object bean = (!type.isInstance(singleton) && singleton instanceof FactoryBean<?> factory)
					? product(entry.getKey(), factory, type) : singleton;
			if (type.isInstance(bean)) {
				beans.put(entry.getKey(), type.cast(bean));
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
		for (Map.Entry<String, ?> entry : beans.entrySet()) {
			if (entry.getValue() == bean) {
				return entry.getKey();
			}
		}
		return null;
	}

	private @Nullable Object product(String name, FactoryBean<?> factory, Class<?> type) {
		try {
			Class<?> product = factory.getObjectType();
			return (product != null && type.isAssignableFrom(product) && factory.isSingleton())
					? this.beanFactory.getBean(name) : null;
		}
		catch (RuntimeException ex) {
			logger.debug("Bean '" + name + "' is left out of the picture", ex);
			return null;
		}
	}

}
