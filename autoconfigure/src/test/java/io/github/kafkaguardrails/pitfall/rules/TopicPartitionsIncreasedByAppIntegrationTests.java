package io.github.kafkaguardrails.pitfall.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.ReportedFinding;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proof for {@link TopicPartitionsIncreasedByApp}: after the start of an application that
 * declares more partitions, the records of a key lie in two partitions.
 */
class TopicPartitionsIncreasedByAppIntegrationTests {

	/** Goes to another partition of six than of three. */
	private static final String KEY = "customer-1";

	private final TestBroker broker = TestBroker.get();

	@Test
	void theRecordsOfAKeyLieInTwoPartitionsAndTheCheckSaysSo() throws Exception {
		String topic = topicWithOrder("orders");
		try (ConfigurableApplicationContext context = start(topic, 6)) {
			sendOrder(context, topic);
			assertThat(partitionCount(topic)).isEqualTo(6);
			assertThat(partitionsOfKey(topic)).hasSize(2);
			assertThat(findings(context)).singleElement().satisfies((finding) -> {
				assertThat(finding.subjects()).extracting(Object::toString).containsExactly("topic '" + topic + "'");
				assertThat(finding.evidence()).extracting(Object::toString)
					.containsExactly("partitions before the start = 3 (topic '" + topic + "')",
							"partitions = 6 (set in code by bean 'declared')");
			});
		}
	}

	@Test
	void theRecordsOfAKeyStayTogetherWithTheNumberThatTheTopicHas() throws Exception {
		String topic = topicWithOrder("orders");
		try (ConfigurableApplicationContext context = start(topic, 3)) {
			sendOrder(context, topic);
			assertThat(partitionsOfKey(topic)).hasSize(1);
			assertThat(findings(context)).isEmpty();
		}
	}

	@Test
	void theSecondStartFindsNothing() {
		String topic = topicWithOrder("orders");
		start(topic, 6).close();
		try (ConfigurableApplicationContext context = start(topic, 6)) {
			assertThat(findings(context)).isEmpty();
		}
	}

	@Test
	void anEmptyTopicMayGrow() {
		String topic = this.broker.topic("empty", 3);
		try (ConfigurableApplicationContext context = start(topic, 6)) {
			assertThat(partitionCount(topic)).isEqualTo(6);
			assertThat(findings(context)).isEmpty();
		}
	}

	@Test
	void aTopicInAListOfTopicsIsSeen() {
		String topic = topicWithOrder("orders");
		try (ConfigurableApplicationContext context = start((beans) -> beans.registerBean("several",
				KafkaAdmin.NewTopics.class, () -> new KafkaAdmin.NewTopics(new NewTopic("new-" + topic, 2, (short) 1),
						new NewTopic(topic, 6, (short) 1))))) {
			assertThat(findings(context)).flatExtracting(ReportedFinding::subjects)
				.extracting(Object::toString)
				.containsExactly("topic '" + topic + "'");
		}
	}

	@Test
	void aTopicThatTheUserKeepsFromTheAdminStaysAsItIs() {
		String topic = topicWithOrder("orders");
		Predicate<NewTopic> none = (declared) -> false;
		try (ConfigurableApplicationContext context = start((beans) -> {
			beans.registerBean("declared", NewTopic.class, () -> new NewTopic(topic, 6, (short) 1));
			beans.registerBean("kafkaAdmin", KafkaAdmin.class, () -> {
				KafkaAdmin admin = new KafkaAdmin(Map.of("bootstrap.servers", this.broker.bootstrapServers()));
				admin.setCreateOrModifyTopic(none);
				return admin;
			});
		})) {
			assertThat(partitionCount(topic)).isEqualTo(3);
			assertThat(findings(context)).isEmpty();
		}
	}

	@Test
	void anAdminThatCreatesNothingIsNotWatched() {
		String topic = topicWithOrder("orders");
		try (ConfigurableApplicationContext context = start(topic, 6, "--spring.kafka.admin.auto-create=false")) {
			assertThat(partitionCount(topic)).isEqualTo(3);
			assertThat(findings(context)).isEmpty();
		}
	}

	private String topicWithOrder(String prefix) {
		String topic = this.broker.topic(prefix, 3);
		try (ConfigurableApplicationContext context = start((beans) -> {
		})) {
			sendOrder(context, topic);
		}
		return topic;
	}

	@SuppressWarnings("unchecked")
	private static void sendOrder(ConfigurableApplicationContext context, String topic) {
		try {
			context.getBean(KafkaTemplate.class).send(topic, KEY, "order").get(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Integer> partitionsOfKey(String topic) {
		return this.broker.records(topic)
			.stream()
			.filter((record) -> KEY.equals(new String(record.key(), StandardCharsets.UTF_8)))
			.map((record) -> record.partition())
			.distinct()
			.toList();
	}

	private int partitionCount(String topic) {
		try {
			return this.broker.admin()
				.describeTopics(List.of(topic))
				.allTopicNames()
				.get(30, TimeUnit.SECONDS)
				.values()
				.iterator()
				.next()
				.partitions()
				.size();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<ReportedFinding> findings(ConfigurableApplicationContext context) {
		return context.getBean(PitfallInspection.class)
			.inspect()
			.report()
			.findings()
			.stream()
			.filter((finding) -> finding.rule().equals("topic-partitions-increased-by-app"))
			.toList();
	}

	private ConfigurableApplicationContext start(String topic, int partitions, String... properties) {
		return start((beans) -> beans.registerBean("declared", NewTopic.class,
				() -> new NewTopic(topic, partitions, (short) 1)), properties);
	}

	private ConfigurableApplicationContext start(ApplicationContextInitializer<GenericApplicationContext> beans,
			String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers());
		all.add("--spring.main.banner-mode=off");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(beans)
			.run(all.toArray(String[]::new));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
