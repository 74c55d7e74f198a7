package io.github.kafkaguardrails.setup;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsReader}. */
class StreamsReaderTests {

	private final ApplicationContextRunner runner = ReaderRunner.runner()
		.withUserConfiguration(Streams.class)
		.withPropertyValues("spring.application.name=shop", "spring.kafka.streams.auto-startup=false");

	@Test
	void describesWhatNobodyChanged() {
		assertThat(read(this.runner)).satisfies((streams) -> {
			assertThat(streams.cleanupOnStart()).isFalse();
			assertThat(streams.cleanupOnStop()).isFalse();
			assertThat(streams.uncaughtExceptionHandler()).isFalse();
			assertThat(streams.stateful()).isFalse();
		});
	}

	@Test
	void seesTheCleanup() {
		assertThat(read(this.runner.withPropertyValues("spring.kafka.streams.cleanup.on-startup=true")))
			.satisfies((streams) -> {
				assertThat(streams.cleanupOnStart()).isTrue();
				assertThat(streams.cleanupOnStop()).isFalse();
			});
		assertThat(
				read(this.runner.withPropertyValues("spring.kafka.streams.cleanup.on-shutdown=true")).cleanupOnStop())
			.isTrue();
	}

	@Test
	void seesAnUncaughtExceptionHandler() {
		assertThat(read(with((factoryBean) -> factoryBean
			.setStreamsUncaughtExceptionHandler((exception) -> StreamThreadExceptionResponse.REPLACE_THREAD)))
			.uncaughtExceptionHandler()).isTrue();
	}

	@Test
	void claimsNothingWhenACustomizerMaySetTheHandler() {
		assertThat(read(with((factoryBean) -> factoryBean.setKafkaStreamsCustomizer((streams) -> {
		}))).uncaughtExceptionHandler()).isNull();
	}

	@Test
	void seesStateStores() {
		assertThat(read(this.runner.withUserConfiguration(Counting.class)).stateful()).isTrue();
	}

	@Test
	void seesGlobalStores() {
		assertThat(read(this.runner.withUserConfiguration(GlobalTable.class)).stateful()).isTrue();
	}

	@Test
	void addsWhatTheFactoryBeanAddsWhenItStarts() {
		ClientConfig config = read(with((factoryBean) -> {
			factoryBean.setDeadLetterTopicName("orders-dlt");
			factoryBean.setGroupProtocol(GroupProtocol.STREAMS);
		})).config();
		assertThat(config.string("errors.dead.letter.queue.topic.name")).isEqualTo("orders-dlt");
		assertThat(config.string("group.protocol")).isEqualTo("streams");
	}

	private ApplicationContextRunner with(StreamsBuilderFactoryBeanConfigurer configurer) {
		return this.runner.withBean(StreamsBuilderFactoryBeanConfigurer.class, () -> configurer);
	}

	private static StreamsSetup read(ApplicationContextRunner runner) {
		StreamsSetup[] streams = new StreamsSetup[1];
		ReaderRunner.picture(runner, (setup) -> streams[0] = setup.streams().get(0));
		return streams[0];
	}

	@Configuration(proxyBeanMethods = false)
	@EnableKafkaStreams
	static class Streams {

	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		KStream<String, String> orders(StreamsBuilder builder) {
			KStream<String, String> orders = builder.stream("orders", Consumed.with(Serdes.String(), Serdes.String()));
			orders.groupByKey(Grouped.with(Serdes.String(), Serdes.String())).count();
			return orders;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GlobalTable {

		@Bean
		GlobalKTable<String, String> prices(StreamsBuilder builder) {
			return builder.globalTable("prices", Consumed.with(Serdes.String(), Serdes.String()));
		}

	}

}
