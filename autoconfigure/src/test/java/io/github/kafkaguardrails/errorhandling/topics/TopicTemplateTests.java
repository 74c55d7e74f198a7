package io.github.kafkaguardrails.errorhandling.topics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicTemplate}. */
class TopicTemplateTests {

	private final TopicTemplate template = new TopicTemplate("{topic}-{group}-dlt");

	@Test
	void putsTopicAndGroupIn() {
		assertThat(this.template.name("orders", "billing")).isEqualTo("orders-billing-dlt");
	}

	@Test
	void replacesWhatATopicNameCannotHold() {
		assertThat(this.template.name("orders", "team/billing:1")).isEqualTo("orders-team-billing-1-dlt");
	}

	@Test
	void cutsLongNamesAndKeepsThemApart() {
		String first = this.template.name("a".repeat(245), "billing");
		String second = this.template.name("a".repeat(245), "shipping");
		assertThat(first).hasSize(249).isNotEqualTo(second);
	}

	@Test
	void tellsItsNames() {
		assertThat(this.template.names("billing")).accepts("orders-billing-dlt")
			.rejects("orders", "orders-shipping-dlt", "-billing-dlt", "orders-billing-dlt-2");
		assertThat(new TopicTemplate("all-dead").names("billing")).accepts("all-dead").rejects("orders");
	}

}
