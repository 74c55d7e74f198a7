package io.github.kafkaguardrails.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterReader} with a broker that authorizes. */
class ClusterPermissionsIntegrationTests {

	private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);

	@BeforeAll
	static void start() throws Exception {
		BROKER.brokerProperties(Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true",
				"offsets.topic.num.partitions", "1", "auto.create.topics.enable", "false"));
		BROKER.brokerListProperty("permissions.broker");
		BROKER.afterPropertiesSet();
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.getBrokersAsString()))) {
			admin.createTopics(List.of(topic("allowed"), topic("unreadable"), topic("hidden"), topic("sealed")))
				.all()
				.get(30, TimeUnit.SECONDS);
			List<AclBinding> bindings = new ArrayList<>();
			bindings.add(acl(ResourceType.TOPIC, "unreadable", AclOperation.WRITE, AclPermissionType.ALLOW));
			bindings.add(acl(ResourceType.TOPIC, "unreadable", AclOperation.DESCRIBE_CONFIGS, AclPermissionType.ALLOW));
			bindings.add(acl(ResourceType.TOPIC, "hidden", AclOperation.ALL, AclPermissionType.DENY));
			bindings.add(acl(ResourceType.TOPIC, "sealed", AclOperation.READ, AclPermissionType.ALLOW));
			bindings.add(acl(ResourceType.GROUP, "hidden-group", AclOperation.ALL, AclPermissionType.DENY));
			bindings.add(acl(ResourceType.CLUSTER, Resource.CLUSTER_NAME, AclOperation.ALL, AclPermissionType.ALLOW));
			bindings.add(acl(ResourceType.CLUSTER, Resource.CLUSTER_NAME, AclOperation.DESCRIBE_CONFIGS,
					AclPermissionType.DENY));
			admin.createAcls(bindings).all().get(30, TimeUnit.SECONDS);
		}
	}

	@AfterAll
	static void stop() {
		BROKER.destroy();
	}

	@Test
	void aDeniedPartTakesNoOtherPartWithIt() {
		ClusterSetup cluster = read();
		assertThat(cluster.readable()).isTrue();
		assertThat(cluster.brokers()).hasSize(1);
		assertThat(cluster.brokerConfig().problem()).isEqualTo("ClusterAuthorizationException");
		assertThat(cluster.topic("allowed")).isPresent();
		assertThat(group(cluster, "allowed-group").committed().known()).contains(Map.of());
		assertThat(group(cluster, "hidden-group").committed().problem()).isEqualTo("GroupAuthorizationException");
	}

	@Test
	void nobodyKnowsWhetherATopicExistsThatMayNotBeDescribed() {
		ClusterSetup cluster = read();
		assertThat(cluster.topics()).doesNotContainKey("hidden");
		assertThat(cluster.unreadableTopics()).containsOnly(Map.entry("hidden", "TopicAuthorizationException"));
	}

	@Test
	void aTopicWhoseConfigurationIsDeniedIsDescribedWithoutIt() {
		TopicSetup sealed = read().topic("sealed").orElseThrow();
		assertThat(sealed.partitions()).hasSize(1);
		assertThat(sealed.partitions().get(0).offsets().known()).isPresent();
		assertThat(sealed.config().problem()).isEqualTo("TopicAuthorizationException");
	}

	@Test
	void seesWhatTheApplicationMayDo() {
		ClusterSetup cluster = read();
		assertThat(cluster.topic("unreadable").orElseThrow().operations().known()).get()
			.satisfies((operations) -> assertThat(operations).containsExactlyInAnyOrder("WRITE", "DESCRIBE",
					"DESCRIBE_CONFIGS"));
		assertThat(cluster.topic("allowed").orElseThrow().operations().known()).get()
			.satisfies((operations) -> assertThat(operations).contains("READ", "WRITE"));
		assertThat(cluster.operations().known()).get()
			.satisfies((operations) -> assertThat(operations).contains("ALTER").doesNotContain("DESCRIBE_CONFIGS"));
	}

	@Test
	void doesNotKnowWhatSeveralIdentitiesMayDo() {
		ClusterSetup cluster = read(listening().withProducer("other",
				(producer) -> producer.code("bootstrap.servers", BROKER.getBrokersAsString())
					.code("sasl.mechanism", "PLAIN")));
		assertThat(cluster.topic("allowed").orElseThrow().operations().problem())
			.isEqualTo("the application connects with several identities");
		assertThat(cluster.operations().known()).isEmpty();
	}

	private static ClusterSetup read() {
		return read(listening());
	}

	private static ClusterSetup read(TestSetup setup) {
		try (ClusterReader reader = new ClusterReader(Duration.ofSeconds(20), Clock.systemUTC())) {
			return reader.read(setup.build()).get(0);
		}
	}

	private static TestSetup listening() {
		return application().withListener("main", (listener) -> {
			listener.code("bootstrap.servers", BROKER.getBrokersAsString());
			listener.subscription = Subscription.ofTopics("allowed", "unreadable", "hidden", "sealed");
			listener.groupId = "allowed-group";
		}).withListener("other", (listener) -> {
			listener.code("bootstrap.servers", BROKER.getBrokersAsString());
			listener.subscription = Subscription.ofTopics("allowed");
			listener.groupId = "hidden-group";
		});
	}

	private static GroupSetup group(ClusterSetup cluster, String id) {
		return Objects.requireNonNull(cluster.groups().get(id));
	}

	private static NewTopic topic(String name) {
		return new NewTopic(name, 1, (short) 1);
	}

	private static AclBinding acl(ResourceType type, String name, AclOperation operation,
			AclPermissionType permission) {
		return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
				new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
	}

}
