package io.github.kafkaguardrails.setup;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.kafkaguardrails.setup.TemplateSetup.Injection;

/**
 * Finds out where templates are injected, and with which types. A bean that knows several
 * templates is left out, because nothing tells which of them went where.
 */
final class TemplateInjectionReader {

	private static final Set<String> INJECTED = Set.of("org.springframework.beans.factory.annotation.Autowired",
			"jakarta.inject.Inject", "jakarta.annotation.Resource");

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> templates;

	/**
	 * A reader.
	 * @param beanFactory the beans
	 * @param beans the beans that exist
	 */
	TemplateInjectionReader(ConfigurableListableBeanFactory beanFactory, ExistingBeans beans) {
		this.beanFactory = beanFactory;
		this.templates = beans.ofType(KafkaOperations.class).keySet();
	}

	List<Injection> read(String template) {
		List<Injection> injections = new ArrayList<>();
		for (String bean : this.beanFactory.getDependentBeans(template)) {
			if (knowsOneTemplate(bean)) {
				addAll(injections, bean);
			}
		}
		return injections;
	}

	private boolean knowsOneTemplate(String bean) {
		Set<String> known = new HashSet<>(Arrays.asList(this.beanFactory.getDependenciesForBean(bean)));
		known.retainAll(this.templates);
		return known.size() == 1;
	}

	private void addAll(List<Injection> injections, String bean) {
		Method factoryMethod = factoryMethod(bean);
		if (factoryMethod != null) {
			addParameters(injections, factoryMethod, true);
			return;
		}
		Class<?> declared = this.beanFactory.containsSingleton(bean) ? this.beanFactory.getType(bean, false) : null;
		if (declared == null) {
			return;
		}
		Class<?> type = ClassUtils.getUserClass(declared);
		boolean passedOn = AnnotatedElementUtils.hasAnnotation(type, Configuration.class);
		Constructor<?>[] constructors = type.getDeclaredConstructors();
		for (Constructor<?> constructor : constructors) {
			if (constructors.length == 1 || injected(constructor)) {
				addParameters(injections, constructor, passedOn);
			}
		}
		ReflectionUtils.doWithFields(type, (field) -> {
			if (injected(field)) {
				add(injections, ResolvableType.forField(field, type),
						field.getDeclaringClass().getName() + "#" + field.getName(), passedOn);
			}
		});
		for (Method method : ReflectionUtils.getAllDeclaredMethods(type)) {
			if (injected(method)) {
				addParameters(injections, method, passedOn);
			}
		}
	}

	private @Nullable Method factoryMethod(String bean) {
		return (this.beanFactory.containsBeanDefinition(bean)
				&& this.beanFactory.getMergedBeanDefinition(bean) instanceof RootBeanDefinition definition)
						? definition.getResolvedFactoryMethod() : null;
	}

	private static boolean injected(AnnotatedElement element) {
		for (Annotation annotation : element.getAnnotations()) {
			if (INJECTED.contains(annotation.annotationType().getName())) {
				return true;
			}
		}
		return false;
	}

	private static void addParameters(List<Injection> injections, Executable executable, boolean passedOn) {
		String member = (executable instanceof Method) ? "#" + executable.getName() : "";
		for (int i = 0; i < executable.getParameterCount(); i++) {
			add(injections, ResolvableType.forMethodParameter(MethodParameter.forExecutable(executable, i)),
					executable.getDeclaringClass().getName() + member, passedOn);
		}
	}

	private static void add(List<Injection> injections, ResolvableType type, String place, boolean passedOn) {
		String key = argument(type, 0);
		String value = argument(type, 1);
		if (key != null || value != null) {
			injections.add(new Injection(place, key, value, passedOn));
		}
	}

	/** The class that is written there; of a wildcard or variable nothing is claimed. */
	private static @Nullable String argument(ResolvableType type, int index) {
		Type written = type.getGeneric(index).getType();
		Class<?> argument = (written instanceof WildcardType || written instanceof TypeVariable<?>) ? null
				: type.as(KafkaOperations.class).getGeneric(index).resolve();
		return (argument != null) ? argument.getName() : null;
	}

}
