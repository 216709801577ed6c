package fi.signspace.plugin.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The issued access tokens. Thread-safe. */
public final class Tokens {

  /** The default of Amazon Cognito. */
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final int MAX_TOKENS = 10_000;

  private final Clock clock;
  private final Map<String, Instant> expiries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_TOKENS;
        }
      };

  Tokens(Clock clock) {
    this.clock = clock;
  }

  synchronized String issue() {
    String token = Ids.hex(32);
    expiries.put(token, clock.instant().plus(LIFETIME));
    return token;
  }

  synchronized boolean isValid(String token) {
    Instant expiry = expiries.get(token);
    return expiry != null && clock.instant().isBefore(expiry);
  }

  /** Revokes every token issued so far. */
  public synchronized void revokeAll() {
    expiries.clear();
  }
}
