/**
 * For the tests of applications: assertions on what Kafka Guardrails finds. They need
 * AssertJ, which {@code spring-boot-starter-test} brings.
 */
@NullMarked
package io.github.kafkaguardrails.test;

import org.jspecify.annotations.NullMarked;
