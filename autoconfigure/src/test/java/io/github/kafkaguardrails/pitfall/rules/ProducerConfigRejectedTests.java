package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerConfigRejected}. */
class ProducerConfigRejectedTests {

	private static final String PROPERTIES = "spring.kafka.producer.properties.";

	private final ProducerConfigRejected rule = new ProducerConfigRejected();

	@ParameterizedTest
	@CsvSource({ "acks,2", "retries,-1", "retries,many", "request.timeout.ms,30s", "linger.ms,''",
			"delivery.timeout.ms,3000000000", "compression.type,brotli", "compression.gzip.level,10",
			"enable.idempotence,yes", "security.protocol,TLS", "transactional.id,''", "bootstrap.servers,''",
			"metric.reporters,'com.example.A,,com.example.B'", "sasl.login.refresh.window.factor,2",
			"partitioner.class,com.example.Missing", "interceptor.classes,com.example.Missing" })
	void flagsAValueThatTheClientRefuses(String key, String value) {
		assertThat(check(key, value)).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).key()).isEqualTo(key));
	}

	@ParameterizedTest
	@CsvSource({ "acks,-1", "retries,' 3 '", "request.timeout.ms,30000", "linger.ms,0",
			"delivery.timeout.ms,2147483647", "compression.type,zstd", "compression.gzip.level,-1",
			"enable.idempotence,FALSE", "security.protocol,ssl", "transactional.id,orders",
			"bootstrap.servers,'localhost:9092,localhost:9092'", "metric.reporters,''",
			"sasl.login.refresh.window.factor,1",
			"partitioner.class,org.apache.kafka.clients.producer.RoundRobinPartitioner", "unknown.key,anything" })
	void ignoresAValueThatTheClientTakes(String key, String value) {
		assertThat(check(key, value)).isEmpty();
	}

	@Test
	void flagsEveryBadKeyInOneRun() {
		List<Finding> findings = this.rule
			.check(producer((producer) -> producer.property("acks", PROPERTIES + "acks", "2")
				.property("linger.ms", PROPERTIES + "linger.ms", "soon")));
		assertThat(findings).extracting((finding) -> finding.evidence().get(0).key())
			.containsExactly("acks", "linger.ms");
	}

	@Test
	void flagsALongWhereTheClientTakesAnInteger() {
		assertThat(this.rule.check(producer((producer) -> producer.code("request.timeout.ms", 30_000L))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm())
				.contains("a plain number of milliseconds, 0 to 2147483647, not an object of type java.lang.Long"));
	}

	@Test
	void ignoresAnIntegerWhereTheClientTakesALong() {
		assertThat(this.rule.check(producer((producer) -> producer.code("linger.ms", 5)))).isEmpty();
	}

	@Test
	void flagsTooManyRequestsInFlightEvenWithAcksOne() {
		List<Finding> findings = this.rule
			.check(producer((producer) -> producer.property("acks", "spring.kafka.producer.acks", "1")
				.property("max.in.flight.requests.per.connection", PROPERTIES + "max.in.flight.requests.per.connection",
						"6")));
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).startsWith("At most 5 requests may be in flight");
			assertThat(finding.fixes()).singleElement()
				.hasFieldOrPropertyWithValue("text", PROPERTIES + "max.in.flight.requests.per.connection: 5");
		});
	}

	@Test
	void ignoresManyRequestsInFlightWithoutIdempotenceOrFiveWithIt() {
		assertThat(this.rule.check(producer((producer) -> producer.code("enable.idempotence", false)
			.code("max.in.flight.requests.per.connection", 6)))).isEmpty();
		assertThat(check("max.in.flight.requests.per.connection", "5")).isEmpty();
	}

	@Test
	void flagsIdempotenceThatIsAskedForAndImpossible() {
		List<Finding> findings = this.rule.check(producer(
				(producer) -> producer.property("enable.idempotence", PROPERTIES + "enable.idempotence", "true")
					.property("acks", "spring.kafka.producer.acks", "1")
					.property("retries", "spring.kafka.producer.retries", 0)));
		assertThat(findings).extracting((finding) -> finding.fixes().get(0).text())
			.containsExactly("spring.kafka.producer.acks: all", "spring.kafka.producer.retries");
	}

	@Test
	void ignoresIdempotenceThatTheClientSwitchesOffSilently() {
		assertThat(check("acks", "1")).isEmpty();
		assertThat(check("retries", "0")).isEmpty();
	}

	@Test
	void leavesTransactionalFactoriesToTheirOwnRule() {
		assertThat(this.rule.check(producer((producer) -> producer.transactional("orders-").code("acks", "1"))))
			.isEmpty();
	}

	@Test
	void flagsATransactionalIdWithoutIdempotenceInAFactoryOfAnotherKind() {
		assertThat(this.rule.check(
				producer((producer) -> producer.code("transactional.id", "orders").code("enable.idempotence", false))))
			.hasSize(1);
	}

	@Test
	void flagsATransactionTimeoutWithTwoPhaseCommitButNotEachAlone() {
		assertThat(this.rule.check(producer((producer) -> producer.code("transaction.timeout.ms", 1000)
			.code("transaction.two.phase.commit.enable", true)))).hasSize(1);
		assertThat(check("transaction.timeout.ms", "1000")).isEmpty();
		assertThat(check("transaction.two.phase.commit.enable", "true")).isEmpty();
	}

	@Test
	void flagsSaslWithABlankMechanism() {
		assertThat(this.rule
			.check(producer((producer) -> producer.code("security.protocol", "sasl_ssl").code("sasl.mechanism", ""))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("'sasl.mechanism' must be set."));
		assertThat(check("sasl.mechanism", "")).isEmpty();
	}

	@Test
	void flagsAMissingSerializerUnlessTheFactoryHoldsAnInstance() {
		assertThat(this.rule
			.check(producer((producer) -> producer.valueSerializer = new SerdeSetup("", false, false, null, null))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("'value.serializer' must be set."));
		assertThat(this.rule.check(producer((producer) -> {
			producer.valueSerializer = new SerdeSetup(StringSerializer.class.getName(), true, false, null, null);
			producer.code("value.serializer", "com.example.Missing");
		}))).isEmpty();
		assertThat(check("value.serializer", "com.example.Missing")).hasSize(1);
	}

	@Test
	void onlyWarnsAboutAFactoryThatMayStillChangeTheValue() {
		assertThat(this.rule.check(producer((producer) -> {
			producer.customized = true;
			producer.code("acks", "2");
		}))).extracting(Finding::severity).containsExactly(Severity.WARNING);
		assertThat(check("acks", "2")).extracting(Finding::severity).containsOnlyNulls();
	}

	@Test
	void ignoresAValueThatAConfigurationProviderWillReplace() {
		assertThat(this.rule.check(producer((producer) -> producer.code("config.providers", "vault")
			.code("config.providers.vault.class", "com.example.Vault")
			.code("acks", "${vault:kafka:acks}")))).isEmpty();
		assertThat(check("acks", "${vault:kafka:acks}")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "acks|ALL|all", "compression.type|GZIP|gzip", "linger.ms|5 ms|5",
			"request.timeout.ms|30s|30000", "request.timeout.ms|PT1M|60000", "retry.backoff.ms|2m|120000",
			"sasl.login.callback.handler.class|org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler|org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler" })
	void namesTheValueThatIsMeant(String key, String value, String meant) {
		assertThat(check(key, value)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).singleElement()
				.hasFieldOrPropertyWithValue("text", PROPERTIES + key + ": " + meant));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.kafka.clients.producer.internals.DefaultPartitioner",
			"org.apache.kafka.clients.producer.UniformStickyPartitioner" })
	void saysThatAPartitionerWasRemoved(String partitioner) {
		assertThat(check("partitioner.class", partitioner)).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("removed in Kafka 4.0");
			assertThat(finding.fixes()).singleElement()
				.hasFieldOrPropertyWithValue("text", PROPERTIES + "partitioner.class");
		});
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(producer((producer) -> producer.property("retries", "spring.kafka.producer.retries", "-1")))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).singleElement().hasToString("retries = -1 (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).isEqualTo("'retries' must be a whole number, 0 to 2147483647. "
				+ "The producer is created by the first send: the application starts, and that send fails.");
		assertThat(finding.fixes()).singleElement().hasToString("Fix[kind=DELETE, text=spring.kafka.producer.retries]");
	}

	@Test
	void saysWhichValuesAreAllowed() {
		assertThat(check("acks", "2").get(0).harm()).startsWith("'acks' must be one of all, -1, 0, 1.");
	}

	@Test
	void showsNoSecret() {
		List<Finding> findings = this.rule
			.check(producer((producer) -> producer.code("ssl.key.password", 4711).code("acks", "password=geheim")));
		assertThat(findings).hasSize(2);
		assertThat(findings.toString()).doesNotContain("4711").doesNotContain("geheim");
		assertThat(findings).flatExtracting(Finding::evidence)
			.extracting((value) -> value.text())
			.containsOnly("******");
	}

	@Test
	void initializesNoClass() {
		assertThat(check("partitioner.class", Explosive.class.getName())).isEmpty();
	}

	private List<Finding> check(String key, String value) {
		return this.rule.check(producer((producer) -> producer.property(key, PROPERTIES + key, value)));
	}

	private static final class Explosive {

		@SuppressWarnings("unused")
		static final int FUSE = explode();

		private static int explode() {
			throw new IllegalStateException("initialized");
		}

	}

}
