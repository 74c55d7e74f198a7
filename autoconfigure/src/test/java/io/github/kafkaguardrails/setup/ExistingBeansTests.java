package io.github.kafkaguardrails.setup;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExistingBeans}.
 */
class ExistingBeansTests {

	private final StringBuilder byHand = new StringBuilder();

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@Test
	void findsSingletonsInTheOrderOfTheirDefinition() {
		define("b", StringBuilder.class);
		define("a", StringBuilder.class);
		define("other", Object.class);
		this.beanFactory.registerSingleton("hand", this.byHand);
		this.beanFactory.preInstantiateSingletons();
		assertThat(beans(StringBuilder.class)).containsExactly("b", "a", "hand");
		assertThat(beans(CharSequence.class)).containsExactly("b", "a", "hand");
	}

	@Test
	void createsNoBean() {
		define("lazy", StringBuilder.class).setLazyInit(true);
		define("prototype", StringBuilder.class).setScope(BeanDefinition.SCOPE_PROTOTYPE);
		define("lazyProducts", Products.class).setLazyInit(true);
		this.beanFactory.preInstantiateSingletons();
		assertThat(beans(StringBuilder.class)).isEmpty();
		assertThat(beans(Products.class)).isEmpty();
		this.beanFactory.getBean("lazy");
		assertThat(beans(StringBuilder.class)).containsExactly("lazy");
	}

	@Test
	void findsFactoriesAndWhatTheyMade() {
		define("products", Products.class);
		define("manyProducts", ManyProducts.class);
		this.beanFactory.preInstantiateSingletons();
		assertThat(new ExistingBeans(this.beanFactory).ofType(StringBuilder.class)).containsOnlyKeys("products")
			.containsValue(this.beanFactory.getBean("products", StringBuilder.class));
		assertThat(beans(Products.class)).containsExactly("products", "manyProducts");
	}

	@Test
	void passesOverAFactoryThatFails() {
		define("broken", BrokenProducts.class);
		define("products", Products.class);
		this.beanFactory.preInstantiateSingletons();
		assertThat(beans(StringBuilder.class)).containsExactly("products");
	}

	private Iterable<String> beans(Class<?> type) {
		return new ExistingBeans(this.beanFactory).ofType(type).keySet();
	}

	private RootBeanDefinition define(String name, Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		this.beanFactory.registerBeanDefinition(name, definition);
		return definition;
	}

	/** One product for all. */
	static class Products implements FactoryBean<StringBuilder> {

		@Override
		public StringBuilder getObject() {
			return new StringBuilder("product");
		}

		@Override
		public Class<?> getObjectType() {
			return StringBuilder.class;
		}

	}

	/** A new product each time. */
	static class ManyProducts extends Products {

		@Override
		public boolean isSingleton() {
			return false;
		}

	}

	/** No product. */
	static class BrokenProducts extends Products {

		@Override
		public StringBuilder getObject() {
			throw new IllegalStateException("broken");
		}

	}

}
