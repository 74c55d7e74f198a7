package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.AsyncAnnotationBeanPostProcessor;

/**
 * Takes a picture of the Kafka wiring of an application context. This is the only class
 * that looks into the context for the picture.
 * <p>
 * It can be asked as soon as the listener containers exist, which is after
 * {@code KafkaListenerAnnotationBeanPostProcessor} was called back as a
 * {@code SmartInitializingSingleton}, and any number of times later: each call looks
 * anew. It creates no bean that does not exist yet, starts nothing, contacts no broker
 * (it may look up the address of one, for half a second at most) and runs no supplier of
 * (de)serializers. What cannot be found out is left out or marked as not known; it never
 * throws because of that. Not thread-safe with respect to changes of the context.
 *
 * @since 0.1.0
 */
public final class KafkaSetupReader {

	private final ConfigurableApplicationContext context;

	private final List<String> ruleIds;

	private final List<String> listenerKeys;

	/**
	 * Create a reader.
	 * @param context the application context
	 * @param ruleIds ids of all rules, old ids included; asked when a property names a
	 * rule
	 * @param listenerKeys the keys that an entry below {@code kafka.guardrails.listeners}
	 * may have; asked when a property is one
	 */
	public KafkaSetupReader(ConfigurableApplicationContext context, Supplier<Set<String>> ruleIds,
			Supplier<List<String>> listenerKeys) {
		this.context = context;
		this.ruleIds = new LazyList<>(ruleIds);
		this.listenerKeys = new LazyList<>(listenerKeys);
	}

	/**
	 * Take a picture of the context as it is now.
	 */
	public KafkaSetup read() {
		ConfigurableEnvironment environment = this.context.getEnvironment();
		ExistingBeans beans = new ExistingBeans(this.context.getBeanFactory());
		List<ConfigValue> setProperties = SetProperties.find(this.context);
		ConnectionDetails connectionDetails = ConnectionDetails.find(beans);
		ClientConfigReader configs = new ClientConfigReader(setProperties, connectionDetails,
				environment.getProperty("spring.application.name"));
		SerdeReader serdes = new SerdeReader(this.context.getBeanFactory().getBeanClassLoader());
		List<ProducerSetup> producers = producers(beans, configs, serdes);
		List<ConsumerSetup> consumers = consumers(beans, configs);
		List<ListenerSetup> listeners = listeners(beans, configs, serdes);
		List<AdminSetup> admins = admins(beans, configs);
		List<StreamsSetup> streams = StreamsReader.read(beans, configs);
		ApplicationSetup application = new ApplicationReader(this.context, beans, this.ruleIds, this.listenerKeys)
			.read(setProperties, connectionDetails, clients(producers, consumers, listeners, admins, streams));
		return new KafkaSetup(application, producers, consumers, listeners, admins, streams,
				DeclaredTopicReader.read(beans), List.of(), ActivitySetup.NONE);
	}

	private List<ProducerSetup> producers(ExistingBeans beans, ClientConfigReader configs, SerdeReader serdes) {
		TemplateReader templates = new TemplateReader(
				new TemplateInjectionReader(this.context.getBeanFactory(), beans));
		return new ProducerReader(beans, configs, serdes, templates,
				this.context.getEnvironment().getProperty("spring.application.name"))
			.read();
	}

	private List<ListenerSetup> listeners(ExistingBeans beans, ClientConfigReader configs, SerdeReader serdes) {
		ConfigurableEnvironment environment = this.context.getEnvironment();
		boolean asyncEnabled = !beans.ofType(AsyncAnnotationBeanPostProcessor.class).isEmpty();
		return new ListenerReader(beans, environment, configs, serdes, new ContainerReader(this.context, environment),
				new ListenerMethodReader(asyncEnabled), new ErrorHandlingReader(new DeadLetterReader(serdes, configs)))
			.read();
	}

	private static List<ConsumerSetup> consumers(ExistingBeans beans, ClientConfigReader configs) {
		List<ConsumerSetup> consumers = new ArrayList<>();
		for (Map.Entry<String, ?> entry : beans.ofType(ConsumerFactory.class).entrySet()) {
			String name = entry.getKey();
			ConsumerFactory<?, ?> factory = (ConsumerFactory<?, ?>) entry.getValue();
			Map<String, Object> values = GivenConfiguration.of(factory::getConfigurationProperties);
			if (values != null) {
				consumers.add(new ConsumerSetup(name, configs.read(ClientType.CONSUMER, values, "bean '" + name + "'"),
						beans.declaredIn(name, KafkaAutoConfiguration.class),
						MetricsListeners.attached(factory.getListeners())));
			}
		}
		return consumers;
	}

	private static List<AdminSetup> admins(ExistingBeans beans, ClientConfigReader configs) {
		List<AdminSetup> admins = new ArrayList<>();
		for (Map.Entry<String, KafkaAdmin> entry : beans.ofType(KafkaAdmin.class).entrySet()) {
			String name = entry.getKey();
			KafkaAdmin admin = entry.getValue();
			ClientConfig config = configs.read(ClientType.ADMIN, admin.getConfigurationProperties(),
					"bean '" + name + "'");
			admins.add(new AdminSetup(name, config, increases(admin)));
		}
		return admins;
	}

	private static List<ClientConfig> clients(List<ProducerSetup> producers, List<ConsumerSetup> consumers,
			List<ListenerSetup> listeners, List<AdminSetup> admins, List<StreamsSetup> streams) {
		List<ClientConfig> clients = new ArrayList<>();
		for (ProducerSetup producer : producers) {
			clients.add(producer.config());
		}
		for (ConsumerSetup consumer : consumers) {
			clients.add(consumer.config());
		}
		for (ListenerSetup listener : listeners) {
			clients.add(listener.consumer());
		}
		for (AdminSetup admin : admins) {
			clients.add(admin.config());
		}
		for (StreamsSetup application : streams) {
			clients.add(application.config());
		}
		return List.copyOf(clients);
	}

	private static List<PartitionIncrease> increases(KafkaAdmin admin) {
		return (Fields.read(admin, KafkaAdmin.class,
				"createOrModifyTopic") instanceof PartitionIncreaseDescriber describer)
						? describer.describePartitionIncreases() : List.of();
	}

}
