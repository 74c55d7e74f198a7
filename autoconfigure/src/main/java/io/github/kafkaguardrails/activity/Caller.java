package io.github.kafkaguardrails.activity;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The class of the application that called a template, as far as the stack tells.
 *
 * @param className name of the class
 * @param afterCompletion whether it was itself called back after a transaction, and has
 * begun no other
 */
record Caller(String className, boolean afterCompletion) {

	private static final int MAX_FRAMES = 300;

	private static final String CALLBACKS = "org.springframework.transaction.support.TransactionSynchronizationUtils";

	private static final List<String> BEGINNINGS = List.of("org.springframework.transaction.interceptor.",
			"org.springframework.transaction.support.TransactionTemplate");

	private static final Set<String> OWN = Set.of(Caller.class.getName(), ObservedTemplate.class.getName(),
			SendInterceptor.class.getName());

	private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.",
			"org.springframework.", "org.apache.kafka.", "io.micrometer.", "io.opentelemetry.", "reactor.", "kotlin.",
			"kotlinx.", "org.aspectj.");

	/**
	 * The caller of the current thread; {@code null} when a framework sends by itself.
	 */
	static @Nullable Caller find() {
		return StackWalker.getInstance().walk(Caller::of);
	}

	private static @Nullable Caller of(Stream<StackWalker.StackFrame> frames) {
		String className = null;
		Iterator<StackWalker.StackFrame> iterator = frames.limit(MAX_FRAMES).iterator();
		while (iterator.hasNext()) {
			StackWalker.StackFrame frame = iterator.next();
			String frameClass = frame.getClassName();
			if (frameClass.equals(CALLBACKS) && frame.getMethodName().startsWith("invokeAfter")) {
				return (className != null) ? new Caller(className, true) : null;
			}
			if (className != null && BEGINNINGS.stream().anyMatch(frameClass::startsWith)) {
				return new Caller(className, false);
			}
			if (className == null && isApplication(frameClass)) {
				className = frameClass;
			}
		}
		return (className != null) ? new Caller(className, false) : null;
	}

	private static boolean isApplication(String className) {
		return !OWN.contains(className) && !className.contains("$$")
				&& FRAMEWORKS.stream().noneMatch(className::startsWith);
	}

}
