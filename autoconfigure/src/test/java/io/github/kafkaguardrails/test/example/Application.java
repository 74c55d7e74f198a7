package io.github.kafkaguardrails.test.example;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application of somebody. */
@SpringBootApplication
class Application {

}
