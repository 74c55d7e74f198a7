package io.github.kafkaguardrails.actuate.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.pitfall.Baseline;
import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.RuleReference;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.TestInspection;
import io.github.kafkaguardrails.pitfall.sarif.SarifLog;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Secrets;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Tests for {@link KafkaGuardrailsEndpoint}. */
class KafkaGuardrailsEndpointTests {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private final ConcurrentMessageListenerContainer<String, String> container = container();

	@AfterEach
	void stop() {
		this.container.stop();
	}

	@Test
	void isEmptyBeforeTheFirstInspection() {
		KafkaGuardrailsDescriptor shown = show(TestInspection.of(TestInspection.setup()));
		assertThat(shown.rules()).isZero();
		assertThat(shown.findings()).isEmpty();
		assertThat(shown.listeners()).isEmpty();
		assertThat(shown.clients()).isEmpty();
	}

	@Test
	void showsFindingsWithEvidenceAndFixes() {
		KafkaGuardrailsDescriptor shown = show(TestInspection.inspected(TestInspection.setup()));
		assertThat(shown.rules()).isEqualTo(1);
		assertThat(shown.counts()).isEqualTo(new KafkaGuardrailsDescriptor.Counts(0, 1, 0, 0, 0));
		assertThat(shown.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo("producer-acks-not-all");
			assertThat(finding.severity()).isEqualTo("warning");
			assertThat(finding.state()).isEqualTo("violated");
			assertThat(finding.title()).isNotBlank();
			assertThat(finding.subjects())
				.containsExactly(new KafkaGuardrailsDescriptor.SubjectDescriptor("producer", "kafkaProducerFactory"));
			assertThat(finding.evidence())
				.containsExactly(new KafkaGuardrailsDescriptor.SettingDescriptor("acks", "1", "application.yml:12:13"));
			assertThat(finding.harm()).isNotBlank();
			assertThat(finding.fixes())
				.containsExactly(new KafkaGuardrailsDescriptor.FixDescriptor("set", "spring.kafka.producer.acks: all"));
			assertThat(finding.waiver()).isNull();
			assertThat(finding.baseline()).isNull();
			assertThat(finding.documentation()).isEqualTo(RuleReference.link("producer-acks-not-all"));
		});
	}

	@Test
	void showsTheWaiverOfAnAcceptedFinding() {
		KafkaGuardrailsDescriptor shown = show(
				TestInspection.inspected(TestInspection.setup(), TestInspection.waiver()));
		assertThat(shown.counts()).isEqualTo(new KafkaGuardrailsDescriptor.Counts(0, 0, 0, 1, 0));
		assertThat(shown.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.state()).isEqualTo("accepted");
			assertThat(finding.waiver()).extracting("reason").isEqualTo("only metrics, OPS-123");
		});
	}

	@Test
	void showsTheDayOfTheBaselineThatAcceptsAFinding() {
		PitfallInspection inspection = TestInspection.inspected(TestInspection.setup());
		inspection.accept(Baseline.of(inspection.latest(), LocalDate.of(2026, 11, 1)));
		KafkaGuardrailsDescriptor shown = show(inspection);
		assertThat(shown.counts()).isEqualTo(new KafkaGuardrailsDescriptor.Counts(0, 0, 0, 1, 0));
		assertThat(shown.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.baseline()).isEqualTo(LocalDate.of(2026, 11, 1)));
	}

	@Test
	void showsTheFindingsAsSarif() {
		PitfallInspection inspection = TestInspection.inspected(TestInspection.setup());
		WebEndpointResponse<Object> shown = document(inspection, "sarif");
		assertThat(shown.getContentType()).hasToString("application/sarif+json");
		assertThat(shown.getBody()).isEqualTo(SarifLog.of(inspection.latest().report(), inspection.catalogue()))
			.asString()
			.contains("producer-acks-not-all")
			.doesNotContain(TestInspection.SECRET);
	}

	@Test
	void showsABaselineOfTheFindings() {
		WebEndpointResponse<Object> shown = document(TestInspection.inspected(TestInspection.setup()), "baseline");
		assertThat(shown.getContentType()).hasToString("application/yaml");
		assertThat(shown.getBody()).asString()
			.contains("rule: \"producer-acks-not-all\"", "clusters: false")
			.doesNotContain(TestInspection.SECRET);
	}

	@Test
	void knowsNoOtherDocument() {
		assertThat(endpoint(TestInspection.of(TestInspection.setup())).document("pdf")).isNull();
	}

	@Test
	void showsListeners() {
		assertThat(show(TestInspection.inspected(TestInspection.setup())).listeners()).singleElement()
			.satisfies((listener) -> {
				assertThat(listener.id()).isEqualTo("orders-listener");
				assertThat(listener.group()).isEqualTo("billing");
				assertThat(listener.topics()).containsExactly("orders");
				assertThat(listener.type()).isEqualTo("record");
				assertThat(listener.ackMode()).isEqualTo("BATCH");
				assertThat(listener.concurrency()).isEqualTo(1);
				assertThat(listener.errorHandling()).isEqualTo(new KafkaGuardrailsDescriptor.ErrorHandlingDescriptor(
						"guardrails", "blocking retry, then dead-letter"));
			});
	}

	@Test
	void showsWhatListenersDoNow() {
		PitfallInspection inspection = TestInspection.inspected(TestInspection.setup());
		assertThat(state(inspection)).isEqualTo("stopped");
		this.container.start();
		assertThat(state(inspection)).isEqualTo("running");
		this.container.pause();
		assertThat(state(inspection)).isEqualTo("paused");
		this.container.setBeanName("another-listener");
		assertThat(state(inspection)).isEqualTo("unknown");
	}

	@Test
	void showsTheExplicitSettingsOfClients() {
		KafkaGuardrailsDescriptor shown = show(TestInspection.inspected(TestInspection.setup()));
		assertThat(shown.clients()).extracting("kind", "name")
			.containsExactly(tuple("producer", "kafkaProducerFactory"), tuple("consumer", "kafkaConsumerFactory"),
					tuple("admin", "kafkaAdmin"));
		assertThat(shown.clients().get(0).settings()).extracting("key", "value")
			.contains(tuple("acks", "1"))
			.doesNotContain(tuple("retries", "5"));
	}

	@Test
	void masksSecrets() {
		KafkaGuardrailsDescriptor shown = show(TestInspection.inspected(TestInspection.setup()));
		assertThat(shown.clients()).flatExtracting("settings")
			.extracting("key", "value")
			.contains(tuple("sasl.jaas.config", Secrets.MASK), tuple("schema.registry.url", Secrets.MASK),
					tuple("ssl.key.password", Secrets.MASK));
		assertThat(shown.toString()).doesNotContain(TestInspection.SECRET);
	}

	private WebEndpointResponse<Object> document(PitfallInspection inspection, String name) {
		return Objects.requireNonNull(endpoint(inspection).document(name));
	}

	@Test
	void showsNoClusterBeforeTheyAreRead() {
		KafkaGuardrailsDescriptor shown = show(inspection(readable()));
		assertThat(shown.clustersReadAt()).isNull();
		assertThat(shown.clusters()).isEmpty();
	}

	@Test
	void showsClustersAndWhenTheyWereRead() {
		PitfallInspection inspection = inspection(readable());
		inspection.inspectClusters();
		KafkaGuardrailsDescriptor shown = show(inspection);
		assertThat(shown.clustersReadAt()).isEqualTo(NOW);
		assertThat(shown.clusters()).containsExactly(new KafkaGuardrailsDescriptor.ClusterDescriptor(
				List.of("localhost:9092"), "readable", null, 3, Map.of("secrets", "TopicAuthorizationException")));
	}

	@Test
	void showsAnOutage() {
		PitfallInspection inspection = inspection(TestSetup.application()
			.withOutage(ClusterOutage.Kind.AUTHENTICATION, "SaslAuthenticationException")
			.build());
		inspection.inspectClusters();
		assertThat(show(inspection).clusters())
			.containsExactly(new KafkaGuardrailsDescriptor.ClusterDescriptor(List.of("localhost:9092"), "unreachable",
					new KafkaGuardrailsDescriptor.OutageDescriptor("authentication", "SaslAuthenticationException"), 0,
					Map.of()));
	}

	@Test
	void showsWhatCouldNotBeCheckedWithTheReason() {
		PitfallInspection inspection = inspection(
				TestSetup.application().withOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException").build());
		inspection.inspectClusters();
		KafkaGuardrailsDescriptor shown = show(inspection);
		assertThat(shown.counts().unknown()).isOne();
		assertThat(shown.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.state()).isEqualTo("unknown");
			assertThat(finding.harm()).isEqualTo("The cluster did not answer.");
			assertThat(finding.subjects())
				.containsExactly(new KafkaGuardrailsDescriptor.SubjectDescriptor("cluster", "localhost:9092"));
		});
	}

	@Test
	void masksSecretsInAddresses() {
		PitfallInspection inspection = inspection(TestSetup.application()
			.withCluster((cluster) -> cluster.bootstrapServers = Set.of("https://user:planted@kafka:9092"))
			.build());
		inspection.inspectClusters();
		assertThat(show(inspection).clusters()).singleElement()
			.extracting(KafkaGuardrailsDescriptor.ClusterDescriptor::bootstrapServers)
			.isEqualTo(List.of(Secrets.MASK));
	}

	@Test
	void checksOnDemand() {
		KafkaGuardrailsDescriptor shown = endpoint(inspection(readable())).check();
		assertThat(shown.clustersReadAt()).isEqualTo(NOW);
		assertThat(shown.clusters()).hasSize(1);
	}

	private static KafkaSetup readable() {
		return TestSetup.application()
			.withCluster((cluster) -> cluster.unreadableTopic("secrets", "TopicAuthorizationException"))
			.build();
	}

	private static PitfallInspection inspection(KafkaSetup setup) {
		PitfallInspection inspection = new PitfallInspection(() -> setup, KafkaSetup::clusters,
				new PitfallCatalogue(List.of(new Distant())), PitfallSettings.defaults(),
				Clock.fixed(NOW, ZoneOffset.UTC));
		inspection.inspect();
		return inspection;
	}

	private String state(PitfallInspection inspection) {
		return show(inspection).listeners().get(0).state();
	}

	private KafkaGuardrailsDescriptor show(PitfallInspection inspection) {
		return endpoint(inspection).guardrails();
	}

	private KafkaGuardrailsEndpoint endpoint(PitfallInspection inspection) {
		return new KafkaGuardrailsEndpoint(inspection, inspection::inspectClusters, () -> List.of(this.container),
				new ParkedKeys());
	}

	private static ConcurrentMessageListenerContainer<String, String> container() {
		ContainerProperties properties = new ContainerProperties("orders");
		properties.setMessageListener((MessageListener<String, String>) (record) -> {
		});
		ConcurrentMessageListenerContainer<String, String> container = new ConcurrentMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", "localhost:1", "group.id", "billing"),
						new StringDeserializer(), new StringDeserializer()),
				properties);
		container.setBeanName("orders-listener");
		return container;
	}

	/** A rule that needs a cluster and finds nothing. */
	@Pitfall(id = "distant", title = "It is far", severity = Severity.WARNING, why = "Nobody sees it.",
			remedy = "go there", scope = PitfallScope.CLUSTER, since = "0.1.0")
	private static final class Distant implements PitfallRule {

		@Override
		public List<Finding> check(KafkaSetup setup) {
			return List.of();
		}

	}

}
