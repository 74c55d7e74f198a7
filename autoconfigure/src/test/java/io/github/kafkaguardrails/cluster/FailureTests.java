package io.github.kafkaguardrails.cluster;

import java.util.concurrent.ExecutionException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterOutage.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Failure}. */
class FailureTests {

	@Test
	void looksThroughErrorsThatOnlyWrap() {
		assertThat(outage(new ExecutionException(new TimeoutException("no node"))))
			.isEqualTo(new ClusterOutage(Kind.TIMEOUT, "TimeoutException"));
		assertThat(outage(new KafkaException("Failed to create", new IllegalStateException("no login"))))
			.isEqualTo(new ClusterOutage(Kind.OTHER, "IllegalStateException"));
		assertThat(outage(new KafkaException("alone"))).isEqualTo(new ClusterOutage(Kind.OTHER, "KafkaException"));
	}

	@Test
	void tellsTheKindsApart() {
		assertThat(outage(new java.util.concurrent.TimeoutException()).kind()).isEqualTo(Kind.TIMEOUT);
		assertThat(outage(new SaslAuthenticationException("no")).kind()).isEqualTo(Kind.AUTHENTICATION);
		assertThat(outage(new SslAuthenticationException("no", new IllegalStateException())).kind())
			.isEqualTo(Kind.AUTHENTICATION);
		assertThat(outage(new ClusterAuthorizationException("no")).kind()).isEqualTo(Kind.AUTHORIZATION);
		assertThat(outage(new KafkaException("Failed to create",
				new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")))
			.kind()).isEqualTo(Kind.ADDRESS);
		assertThat(outage(new ConfigException("sasl.mechanism", "none")).kind()).isEqualTo(Kind.OTHER);
	}

	@Test
	void neverShowsAMessage() {
		assertThat(outage(new ConfigException("sasl.jaas.config", "password=\"planted\"")).toString())
			.doesNotContain("planted");
	}

	private static ClusterOutage outage(Throwable error) {
		return Failure.of(error).outage();
	}

}
