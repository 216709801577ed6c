package fi.signspace.plugin.signspace.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An access token.
 *
 * @param freshUntil when to renew it at the latest, some time before it expires
 */
public record Token(String value, Instant freshUntil) {

  private static final Duration MAX_MARGIN = Duration.ofSeconds(60);

  /** Renews a token early: by a fifth of its lifetime, at most one minute. */
  public static Token validFrom(Instant start, Duration life, String value) {
    Duration fifth = life.dividedBy(5);
    Duration margin = fifth.compareTo(MAX_MARGIN) < 0 ? fifth : MAX_MARGIN;
    return new Token(value, start.plus(life).minus(margin));
  }

  boolean isFresh(Clock clock) {
    return clock.instant().isBefore(freshUntil);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return "Token[freshUntil=" + freshUntil + "]";
  }
}
