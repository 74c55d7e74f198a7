package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Set;

/**
 * The application around the clients.
 *
 * @param development whether it runs in a development environment: all bootstrap servers
 * are loopback addresses, an embedded broker or a container of a test serves it, or a
 * profile such as {@code dev} or {@code test} is active
 * @param production whether there is proof of a production environment: a cloud platform
 * or an active profile such as {@code prod}
 * @param profiles active profiles
 * @param lazyInitialization whether beans are initialized lazily
 * @param meterRegistry whether a meter registry exists
 * @param virtualThreads whether Spring Boot uses virtual threads
 * @param listenerHealth whether the health endpoint tells that a listener has stopped
 * @param scopedProducerFactories producer factories that are no singletons
 * @param properties Spring properties that are set and that exist
 * @param ambiguousBeans types of which the context holds several beans and no unique one,
 * so that Spring Boot uses none of them
 * @param guardrails Kafka Guardrails' own settings
 * @param tracer whether a Micrometer tracer exists
 * @param platform what the clients find where they run
 * @since 0.1.0
 */
public record ApplicationSetup(boolean development, boolean production, Set<String> profiles,
		boolean lazyInitialization, boolean meterRegistry, boolean virtualThreads, boolean listenerHealth,
		List<ScopedBean> scopedProducerFactories, PropertySetup properties, List<AmbiguousBeans> ambiguousBeans,
		GuardrailsSetup guardrails, boolean tracer, PlatformSetup platform) {

	public ApplicationSetup {
		profiles = Set.copyOf(profiles);
		scopedProducerFactories = List.copyOf(scopedProducerFactories);
		ambiguousBeans = List.copyOf(ambiguousBeans);
	}

	/**
	 * A bean that may exist several times.
	 *
	 * @param name bean name
	 * @param scope name of its scope, for example {@code prototype}
	 */
	public record ScopedBean(String name, String scope) {

	}

	/**
	 * Several beans of a type that Spring Boot only uses when there is a unique one.
	 *
	 * @param type simple name of the type, for example {@code CommonErrorHandler}
	 * @param beans bean names
	 */
	public record AmbiguousBeans(String type, List<String> beans) {

		public AmbiguousBeans {
			beans = List.copyOf(beans);
		}

	}

}
