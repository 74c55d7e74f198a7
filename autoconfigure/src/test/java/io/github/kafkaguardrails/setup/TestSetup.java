package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Builds pictures for rule tests in two lines. Everything starts as Spring Boot would
 * have it with nothing set; a test changes what it is about.
 */
public final class TestSetup {

	/** Where values set by {@link ClientBuilder#property} stand. */
	public static final String FILE = "application.yml:12:13";

	public boolean development;

	public boolean production;

	public boolean lazyInitialization;

	public boolean meterRegistry;

	public boolean tracer;

	public boolean jaasEntry;

	public final Map<String, String> systemProperties = new LinkedHashMap<>();

	public final Set<String> missingClasses = new LinkedHashSet<>();

	public final Set<String> unreadableFiles = new LinkedHashSet<>();

	public final Set<String> singleAddresses = new LinkedHashSet<>();

	public boolean virtualThreads;

	public boolean listenerHealth = true;

	public final List<ApplicationSetup.ScopedBean> scopedProducerFactories = new ArrayList<>();

	public final Set<String> profiles = new LinkedHashSet<>();

	private final List<ConfigValue> properties = new ArrayList<>();

	private final List<PropertySetup.KnownProperty> known = new ArrayList<>();

	private final List<ApplicationSetup.AmbiguousBeans> ambiguousBeans = new ArrayList<>();

	private final Set<String> ruleIds = new LinkedHashSet<>();

	private final List<ConfigValue> unknownClasses = new ArrayList<>();

	private final List<String> listenerKeys = new ArrayList<>();

	private final List<ProducerSetup> producers = new ArrayList<>();

	private final List<ConsumerSetup> consumers = new ArrayList<>();

	private final List<ListenerSetup> listeners = new ArrayList<>();

	private final List<AdminSetup> admins = new ArrayList<>();

	private final List<StreamsSetup> streams = new ArrayList<>();

	private final List<DeclaredTopicSetup> topics = new ArrayList<>();

	private final List<ClusterSetup> clusters = new ArrayList<>();

	private ActivitySetup activity = ActivitySetup.NONE;

	/** An application without any client. */
	public static TestSetup application() {
		return new TestSetup();
	}

	/** A picture with one Kafka Streams application. */
	public static KafkaSetup streams(Consumer<StreamsBuilder> customizer) {
		return application().withStreams("defaultKafkaStreamsBuilder", customizer).build();
	}

	/** A picture with one producer. */
	public static KafkaSetup producer(Consumer<ProducerBuilder> customizer) {
		return application().withProducer("kafkaProducerFactory", customizer).build();
	}

	/**
	 * A picture with one record listener on the topic "orders", in the group "billing".
	 */
	public static KafkaSetup listener(Consumer<ListenerBuilder> customizer) {
		return application().withListener("orders-listener", customizer).build();
	}

	/** A Spring property that is set in {@link #FILE}. */
	public TestSetup withProperty(String name, @Nullable Object value) {
		this.properties.add(new ConfigValue(name, value, String.valueOf(value), ValueOrigin.property(name, FILE)));
		return this;
	}

	/** A property that the metadata declares. */
	public TestSetup withKnownProperty(String name, boolean map) {
		this.known.add(new PropertySetup.KnownProperty(name, map, null, null));
		return this;
	}

	/** Properties that the metadata declares. */
	public TestSetup withKnownProperties(List<PropertySetup.KnownProperty> properties) {
		this.known.addAll(properties);
		return this;
	}

	/** A property that the metadata declares as deprecated. */
	public TestSetup withDeprecatedProperty(String name, String level, @Nullable String replacement) {
		this.known.add(new PropertySetup.KnownProperty(name, false, level, replacement));
		return this;
	}

	public TestSetup withAmbiguousBeans(String type, String... beans) {
		this.ambiguousBeans.add(new ApplicationSetup.AmbiguousBeans(type, List.of(beans)));
		return this;
	}

	public TestSetup withRuleIds(String... ids) {
		this.ruleIds.addAll(List.of(ids));
		return this;
	}

	public TestSetup withUnknownClass(String property, String className) {
		this.unknownClasses.add(ConfigValue.of(property, className, ValueOrigin.property(property, FILE)));
		return this;
	}

	/** Keys that an entry below {@code kafka.guardrails.listeners} may have. */
	public TestSetup withListenerKeys(String... keys) {
		this.listenerKeys.addAll(List.of(keys));
		return this;
	}

	/** A Spring property in any place and spelling. */
	public TestSetup withProperty(ConfigValue property) {
		this.properties.add(property);
		return this;
	}

	public TestSetup with(Consumer<TestSetup> customizer) {
		customizer.accept(this);
		return this;
	}

	public TestSetup withProducer(String name, Consumer<ProducerBuilder> customizer) {
		ProducerBuilder builder = new ProducerBuilder(name);
		customizer.accept(builder);
		this.producers.add(builder.build());
		return this;
	}

	public TestSetup withConsumer(String name, Consumer<ConsumerBuilder> customizer) {
		ConsumerBuilder builder = new ConsumerBuilder(name);
		customizer.accept(builder);
		this.consumers.add(builder.build());
		return this;
	}

	public TestSetup withListener(String id, Consumer<ListenerBuilder> customizer) {
		ListenerBuilder builder = new ListenerBuilder(id);
		customizer.accept(builder);
		this.listeners.add(builder.build());
		return this;
	}

	public TestSetup withAdmin(String name, Consumer<ClientBuilder<?>> customizer) {
		ClientBuilder<?> builder = new PlainBuilder();
		customizer.accept(builder);
		this.admins.add(new AdminSetup(name, builder.config(ClientType.ADMIN)));
		return this;
	}

	/** An admin that adds partitions at start-up. */
	public TestSetup withAdmin(String name, PartitionIncrease... increases) {
		ClientBuilder<?> builder = new PlainBuilder();
		builder.framework("bootstrap.servers", "localhost:9092");
		this.admins.add(new AdminSetup(name, builder.config(ClientType.ADMIN), List.of(increases)));
		return this;
	}

	public TestSetup withStreams(String name, Consumer<StreamsBuilder> customizer) {
		StreamsBuilder builder = new StreamsBuilder();
		customizer.accept(builder);
		this.streams.add(new StreamsSetup(name, builder.config(ClientType.STREAMS), builder.cleanupOnStart,
				builder.cleanupOnStop, builder.uncaughtExceptionHandler, builder.stateful));
		return this;
	}

	/** A topic that the bean {@code <name>Topic} declares. */
	public TestSetup withTopic(String name, int replicationFactor, Map<String, String> configs) {
		this.topics.add(new DeclaredTopicSetup(name + "Topic", name, 6, replicationFactor, configs));
		return this;
	}

	/**
	 * The cluster that all clients of the picture talk to unless a test says otherwise.
	 */
	public TestSetup withCluster(Consumer<TestCluster> customizer) {
		TestCluster cluster = new TestCluster();
		customizer.accept(cluster);
		this.clusters.add(cluster.build());
		return this;
	}

	public TestSetup withOutage(ClusterOutage.Kind kind, String reason) {
		this.clusters.add(ClusterSetup.unreachable(TestCluster.SERVERS, new ClusterOutage(kind, reason)));
		return this;
	}

	/** What was observed while the application was running. */
	public TestSetup withActivity(Consumer<TestActivity> customizer) {
		TestActivity activity = new TestActivity();
		customizer.accept(activity);
		this.activity = activity.build();
		return this;
	}

	public KafkaSetup build() {
		ApplicationSetup application = new ApplicationSetup(this.development, this.production, this.profiles,
				this.lazyInitialization, this.meterRegistry, this.virtualThreads, this.listenerHealth,
				this.scopedProducerFactories, new PropertySetup(this.properties, this.known), this.ambiguousBeans,
				new GuardrailsSetup(List.copyOf(this.ruleIds), this.unknownClasses, this.listenerKeys), this.tracer,
				new PlatformSetup(this.systemProperties, this.missingClasses, this.unreadableFiles,
						this.singleAddresses, this.jaasEntry));
		return new KafkaSetup(application, this.producers, this.consumers, this.listeners, this.admins, this.streams,
				this.topics, this.clusters, this.activity);
	}

	/**
	 * A client configuration in the making.
	 *
	 * @param <B> the builder
	 */
	public abstract static class ClientBuilder<B extends ClientBuilder<B>> {

		private final Map<String, ConfigValue> config = new LinkedHashMap<>();

		/** A value that a Spring property sets, in {@link TestSetup#FILE}. */
		public B property(String key, String property, Object value) {
			return value(new ConfigValue(key, value, String.valueOf(value), ValueOrigin.property(property, FILE)));
		}

		/** A value that code sets. */
		public B code(String key, Object value) {
			return value(ConfigValue.of(key, value, ValueOrigin.code("bean 'customFactory'")));
		}

		/** A value that Spring supplies. */
		public B framework(String key, Object value) {
			return value(ConfigValue.of(key, value, ValueOrigin.frameworkDefault()));
		}

		@SuppressWarnings("unchecked")
		public B value(ConfigValue value) {
			this.config.put(value.key(), value);
			return (B) this;
		}

		/** As if nobody had set the key. */
		@SuppressWarnings("unchecked")
		public B remove(String key) {
			this.config.remove(key);
			return (B) this;
		}

		ClientConfig config(ClientType type) {
			return ClientConfig.of(type, this.config.values());
		}

	}

	private static final class PlainBuilder extends ClientBuilder<PlainBuilder> {

	}

	/** A Kafka Streams application in the making. */
	public static final class StreamsBuilder extends ClientBuilder<StreamsBuilder> {

		public boolean cleanupOnStart;

		public boolean cleanupOnStop;

		public @Nullable Boolean uncaughtExceptionHandler = false;

		public @Nullable Boolean stateful = true;

		private StreamsBuilder() {
			framework("application.id", "orders");
			framework("bootstrap.servers", "localhost:9092");
		}

	}

	/** A producer factory in the making. */
	public static final class ProducerBuilder extends ClientBuilder<ProducerBuilder> {

		private final String name;

		public List<TemplateSetup> templates = List.of(new TemplateSetup("kafkaTemplate", false, false, List.of()));

		public List<ConfigValue> defaultTopics = List.of();

		public SerdeSetup keySerializer = SerdeSetup.ofClass(StringSerializer.class.getName());

		public SerdeSetup valueSerializer = SerdeSetup.ofClass(StringSerializer.class.getName());

		public @Nullable ConfigValue transactionIdPrefix;

		public boolean autoConfigured = true;

		public boolean customized;

		public boolean clientMetrics = true;

		public boolean producerPerThread;

		private ProducerBuilder(String name) {
			this.name = name;
			framework("bootstrap.servers", "localhost:9092");
		}

		/** The template's default topic. */
		public ProducerBuilder defaultTopic(String topic) {
			this.defaultTopics = List.of(new ConfigValue("default-topic", topic, topic,
					ValueOrigin.property("spring.kafka.template.default-topic", FILE)));
			return this;
		}

		/** Make the factory transactional. */
		public ProducerBuilder transactional(String rawPrefix) {
			this.transactionIdPrefix = new ConfigValue("transaction-id-prefix", rawPrefix, rawPrefix,
					ValueOrigin.property("spring.kafka.producer.transaction-id-prefix", FILE));
			return framework("transactional.id", rawPrefix + "0");
		}

		private ProducerSetup build() {
			return new ProducerSetup(this.name, this.templates, this.defaultTopics, config(ClientType.PRODUCER),
					this.keySerializer, this.valueSerializer, this.transactionIdPrefix, this.autoConfigured,
					this.customized, this.clientMetrics, this.producerPerThread);
		}

	}

	/** A consumer factory in the making. */
	public static final class ConsumerBuilder extends ClientBuilder<ConsumerBuilder> {

		private final String name;

		public boolean autoConfigured = true;

		public boolean clientMetrics = true;

		private ConsumerBuilder(String name) {
			this.name = name;
		}

		private ConsumerSetup build() {
			return new ConsumerSetup(this.name, config(ClientType.CONSUMER), this.autoConfigured, this.clientMetrics);
		}

	}

	/** A listener container in the making. */
	public static final class ListenerBuilder extends ClientBuilder<ListenerBuilder> {

		private final String id;

		public boolean explicitId = true;

		public ListenerSetup.Role role = ListenerSetup.Role.MAIN;

		public String place = "com.example.Orders#handle";

		public @Nullable String groupId = "billing";

		public Subscription subscription = Subscription.ofTopics("orders");

		public ContainerSetup.Type type = ContainerSetup.Type.RECORD;

		public @Nullable String factory = "kafkaListenerContainerFactory";

		public @Nullable String consumerFactory = "kafkaConsumerFactory";

		public String ackMode = "BATCH";

		public boolean asyncAcks;

		public int concurrency = 1;

		public boolean transactional;

		public @Nullable Duration authExceptionRetryInterval;

		public Map<String, String> bootValues = new LinkedHashMap<>();

		public boolean clientIdSuffix = true;

		public boolean commonErrorHandler;

		public boolean restartAfterAuthExceptions;

		public List<String> groupInstanceIds = List.of();

		public SerdeSetup keyDeserializer = SerdeSetup.ofClass(StringDeserializer.class.getName());

		public SerdeSetup valueDeserializer = SerdeSetup.ofClass(StringDeserializer.class.getName());

		public List<ListenerMethod> methods = List.of(method(ListenerMethod.AcknowledgmentParameter.NONE));

		public ErrorHandlingSetup errorHandling = ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.GUARDRAILS,
				"blocking retry, then dead-letter");

		public boolean groupFromId;

		public boolean payloadInconvertible;

		public @Nullable RetryTopicSetup retryTopics;

		public boolean autoStartup = true;

		private ListenerBuilder(String id) {
			this.id = id;
			framework("bootstrap.servers", "localhost:9092");
			framework("enable.auto.commit", false);
			framework("isolation.level", "read_uncommitted");
		}

		/** The method {@code com.example.Orders#handle(String)} of a listener. */
		public static ListenerMethod method(ListenerMethod.AcknowledgmentParameter acknowledgment) {
			return new ListenerMethod("com.example.Orders", "handle", acknowledgment, false,
					ListenerMethod.ReturnKind.SYNCHRONOUS, "void", false, "java.lang.String");
		}

		private ListenerSetup build() {
			ContainerSetup container = new ContainerSetup(this.type, this.factory, this.consumerFactory, this.ackMode,
					this.asyncAcks, this.concurrency, this.transactional, this.autoStartup,
					this.authExceptionRetryInterval, this.bootValues, this.clientIdSuffix, this.commonErrorHandler,
					this.restartAfterAuthExceptions, this.groupInstanceIds);
			return new ListenerSetup(this.id, this.explicitId, this.role, this.place, this.groupId, this.subscription,
					container, config(ClientType.CONSUMER), this.keyDeserializer, this.valueDeserializer, this.methods,
					this.errorHandling, this.groupFromId, this.payloadInconvertible, this.retryTopics);
		}

	}

}
