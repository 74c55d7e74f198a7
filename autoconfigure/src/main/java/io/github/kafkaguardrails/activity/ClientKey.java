package io.github.kafkaguardrails.activity;

import io.github.kafkaguardrails.setup.ClientType;

/**
 * A client of the application.
 *
 * @param type kind of client
 * @param owner bean name of a producer factory or template, or listener id
 * @param clientId client id
 */
record ClientKey(ClientType type, String owner, String clientId) {

}
