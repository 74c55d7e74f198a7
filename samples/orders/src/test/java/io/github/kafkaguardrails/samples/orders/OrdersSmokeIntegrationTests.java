package io.github.kafkaguardrails.samples.orders;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * The application as {@code main} starts it: on the broker inside.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS)
class OrdersSmokeIntegrationTests extends AbstractOrdersIntegrationTests {

}
