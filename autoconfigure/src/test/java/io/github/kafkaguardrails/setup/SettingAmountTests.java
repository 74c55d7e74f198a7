package io.github.kafkaguardrails.setup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingAmountTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "-1, -1", "+5, 5", "1500ms, 1500", "30s, 30000", "2m, 120000", "1h, 3600000", "1d, 86400000",
			"PT1M30S, 90000", "512B, 512", "16MB, 16777216", "1GB, 1073741824" })
	void readsNumbersDurationsAndSizes(String text, long amount) {
		assertThat(SettingAmount.of(text)).hasValue(amount);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "all", "1.5", "10 apples", "99999999999999999999", "${amount}", "9999999999999999d" })
	void claimsNothingOfOtherText(String text) {
		assertThat(SettingAmount.of(text)).isEmpty();
	}

}
