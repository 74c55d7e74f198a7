package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.ClassUtils;

import io.github.kafkaguardrails.setup.ApplicationSetup.ScopedBean;

/**
 * Describes the application around the clients.
 */
final class ApplicationReader {

	private static final Set<String> DEVELOPMENT_PROFILES = Set.of("dev", "local", "test", "it");

	private static final Set<String> PRODUCTION_PROFILES = Set.of("prod", "production");

	private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

	private static final String TRACER = "io.micrometer.tracing.Tracer";

	/** What shows stopped listeners, and what shows that to the outside. */
	private static final List<String> LISTENER_HEALTH = List.of("kafkaGuardrailsHealthContributor", "healthEndpoint");

	private static final String PROXIED = "scopedTarget.";

	private final ConfigurableApplicationContext context;

	private final ExistingBeans beans;

	private final List<String> ruleIds;

	private final List<String> listenerKeys;

	ApplicationReader(ConfigurableApplicationContext context, ExistingBeans beans, List<String> ruleIds,
			List<String> listenerKeys) {
		this.context = context;
		this.beans = beans;
		this.ruleIds = ruleIds;
		this.listenerKeys = listenerKeys;
	}

	/**
	 * The application.
	 * @param setProperties the properties that are set
	 * @param connectionDetails connection details from elsewhere, or {@code null}
	 * @param clients the configurations of all clients
	 */
	ApplicationSetup read(List<ConfigValue> setProperties, @Nullable ConnectionDetails connectionDetails,
			List<ClientConfig> clients) {
		Environment environment = this.context.getEnvironment();
		Set<String> profiles = new LinkedHashSet<>(Arrays.asList(environment.getActiveProfiles()));
		boolean development = connectionDetails != null || environment.containsProperty("spring.embedded.kafka.brokers")
				|| !Collections.disjoint(profiles, DEVELOPMENT_PROFILES) || LocalBrokers.only(clients);
		boolean production = onCloudPlatform(environment) || !Collections.disjoint(profiles, PRODUCTION_PROFILES);
		List<ConfigValue> chosen = chosen(setProperties);
		ConfigurableListableBeanFactory beanFactory = this.context.getBeanFactory();
		return new ApplicationSetup(development, production, profiles,
				"true".equalsIgnoreCase(environment.getProperty("spring.main.lazy-initialization")),
				hasBean(beanFactory, METER_REGISTRY), Threading.VIRTUAL.isActive(environment),
				hasListenerHealth(beanFactory), scopedProducerFactories(beanFactory),
				new PropertySetup(chosen,
						new LazyList<>(() -> KnownPropertyReader.read(this.context.getClassLoader()))),
				AmbiguousBeansReader.read(beanFactory),
				new GuardrailsSetup(this.ruleIds, UnknownClasses.among(chosen, beanFactory.getBeanClassLoader()),
						this.listenerKeys),
				hasBean(beanFactory, TRACER),
				new PlatformReader(this.beans, beanFactory.getBeanClassLoader()).read(clients, !development));
	}

	private static boolean onCloudPlatform(Environment environment) {
		CloudPlatform platform = CloudPlatform.getActive(environment);
		return platform != null && platform != CloudPlatform.NONE;
	}

	/** What the user set. */
	private static List<ConfigValue> chosen(List<ConfigValue> setProperties) {
		List<ConfigValue> chosen = new ArrayList<>();
		for (ConfigValue property : setProperties) {
			if (property.explicit()) {
				chosen.add(property);
			}
		}
		return List.copyOf(chosen);
	}

	private static boolean hasListenerHealth(ConfigurableListableBeanFactory beanFactory) {
		for (String name : LISTENER_HEALTH) {
			if (!beanFactory.containsBean(name)) {
				return false;
			}
		}
		return true;
	}

	private static List<ScopedBean> scopedProducerFactories(ConfigurableListableBeanFactory beanFactory) {
		List<ScopedBean> scoped = new ArrayList<>();
		for (String name : beanFactory.getBeanNamesForType(ProducerFactory.class, true, false)) {
			if (beanFactory.containsBeanDefinition(name)) {
				BeanDefinition definition = beanFactory.getMergedBeanDefinition(name);
				if (!definition.isSingleton()) {
					String shown = name.startsWith(PROXIED) ? name.substring(PROXIED.length()) : name;
					scoped.add(new ScopedBean(shown, String.valueOf(definition.getScope())));
				}
			}
		}
		return scoped;
	}

	/** Whether there is a bean of a type that may not be on the class path. */
	private static boolean hasBean(ConfigurableListableBeanFactory beanFactory, String typeName) {
		try {
			Class<?> type = ClassUtils.forName(typeName, beanFactory.getBeanClassLoader());
			return beanFactory.getBeanNamesForType(type, true, false).length > 0;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
