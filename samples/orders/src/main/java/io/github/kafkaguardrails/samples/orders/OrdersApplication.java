package io.github.kafkaguardrails.samples.orders;

import java.util.List;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;

/**
 * Feeds itself a file of orders, prints what became of them, and stays up to be looked
 * at.
 *
 * @since 0.1.0
 */
@SpringBootApplication(proxyBeanMethods = false)
public class OrdersApplication {

	static final String TOPIC = "orders";

	private static final int PARTITIONS = 6;

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(OrdersApplication.class);
		application.addInitializers(new EmbeddedBroker());
		ConfigurableApplicationContext context = application.run(args);
		if (context.getEnvironment().getProperty("orders.exit-after-feed", Boolean.class, false)) {
			System.exit(SpringApplication.exit(context));
		}
	}

	@Bean
	NewTopic orders() {
		return TopicBuilder.name(TOPIC).partitions(PARTITIONS).build();
	}

	@Bean
	OrderLedger orderLedger() {
		return new OrderLedger(List.of(PaymentListener.ID, ShippingListener.ID, InvoiceListener.ID));
	}

}
