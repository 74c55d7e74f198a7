package io.github.kafkaguardrails.setup;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.NativeDetector;

/**
 * Looks into fields of frameworks that have no getter. Whatever goes wrong means "not
 * known", never an exception.
 */
final class Fields {

	/** Stands for a value that could not be read. */
	static final Object UNREADABLE = new Object();

	private Fields() {
	}

	/**
	 * The value of a field, or {@link #UNREADABLE}. A proxy is looked through.
	 */
	static @Nullable Object read(Object target, Class<?> declaringClass, String name) {
		try {
			Object singleton = AopProxyUtils.getSingletonTarget(target);
			Field field = declaringClass.getDeclaredField(name);
			field.setAccessible(true);
			return field.get((singleton != null) ? singleton : target);
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			return UNREADABLE;
		}
	}

	/**
	 * Whether an object is a lambda that was written in the code of this class. Never so
	 * in a native image, where nothing is known of lambdas.
	 */
	static boolean isLambdaOf(Object candidate, Class<?> origin) {
		return !NativeDetector.inNativeImage() && candidate.getClass().isHidden()
				&& candidate.getClass().getNestHost() == origin;
	}

	/**
	 * The values that a lambda captured, nulls included, or {@code null} when they cannot
	 * be read.
	 */
	static @Nullable List<@Nullable Object> captured(Object lambda) {
		try {
			List<@Nullable Object> values = new ArrayList<>();
			for (Field field : lambda.getClass().getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers())) {
					field.setAccessible(true);
					values.add(field.get(lambda));
				}
			}
			return values;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

}
