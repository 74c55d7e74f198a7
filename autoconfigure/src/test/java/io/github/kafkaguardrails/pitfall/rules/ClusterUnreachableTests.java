package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ClusterOutage;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterUnreachable}. */
class ClusterUnreachableTests {

	private final ClusterUnreachable rule = new ClusterUnreachable();

	@ParameterizedTest
	@CsvSource({ "ADDRESS,can be resolved,DNS", "AUTHENTICATION,did not accept each other,certificates",
			"TIMEOUT,No broker answered in time,firewall", "OTHER,could not be read,firewall" })
	void tellsTheCausesApart(ClusterOutage.Kind kind, String cause, String action) {
		assertThat(check(kind)).singleElement().satisfies((finding) -> {
			assertThat(finding.checked()).isTrue();
			assertThat(finding.severity()).isNull();
			assertThat(finding.harm()).contains(cause).contains("retry for ever");
			assertThat(finding.fixes()).first().satisfies((fix) -> assertThat(fix.text()).contains(action));
			assertThat(finding.fixes()).last().isEqualTo(Fix.set("spring.kafka.admin.fail-fast", true));
		});
	}

	@Test
	void isUnknownWhenTheClusterAnswersButForbidsToLook() {
		assertThat(check(ClusterOutage.Kind.AUTHORIZATION)).singleElement()
			.satisfies((finding) -> assertThat(finding.checked()).isFalse());
	}

	@Test
	void ignoresAClusterThatAnswered() {
		assertThat(this.rule.check(application().withCluster((cluster) -> {
		}).build())).isEmpty();
	}

	@Test
	void saysWhoIsConcerned() {
		Finding finding = this.rule
			.check(application()
				.withListener("one",
						(listener) -> listener.property("bootstrap.servers", "spring.kafka.bootstrap-servers",
								"localhost:9092"))
				.withOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException")
				.build())
			.get(0);
		assertThat(finding.subject()).hasToString("cluster 'localhost:9092'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("bootstrap.servers = localhost:9092 (application.yml:12:13)",
					"error = TimeoutException (cluster 'localhost:9092')");
	}

	private List<Finding> check(ClusterOutage.Kind kind) {
		return this.rule.check(application().withOutage(kind, "SomeException").build());
	}

}
