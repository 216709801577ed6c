package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;

/**
 * When undelivered messages are retried.
 *
 * @param attempts of one message before it becomes an incident
 * @param waits between two attempts
 * @param poll the interval for fetching messages from the engine
 * @param longestExchange the maximum duration of one attempt
 */
public record RetrySettings(int attempts, Backoff waits, Duration poll, Duration longestExchange) {}
