package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.signing.SignSpaceException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token (guide, "Authentication"): cached, renewed before it ends, by one thread however
 * many need it. A refusal is remembered for a while, so that wrong credentials are not tried with
 * every task.
 */
final class AccessTokens {

  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
  private static final Duration REFUSAL_REMEMBERED = Duration.ofSeconds(15);
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);
  private static final long DEFAULT_LIFE_SECONDS = 300;

  /** Asks SignSpace for a token. */
  interface Source {
    JsonNode request();
  }

  private record Token(String value, Instant renewAt) {}

  private record Refusal(SignSpaceException failure, Instant until, long atNanos) {}

  private final Source source;
  private final Clock clock;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile @Nullable Token token;
  private volatile @Nullable Refusal refusal;

  /**
   * @param source throws {@link SignSpaceException} when it brings none
   */
  AccessTokens(Source source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  String get() {
    Token current = token;
    if (current != null && clock.instant().isBefore(current.renewAt())) {
      return current.value();
    }
    return renew(System.nanoTime());
  }

  /** Forgets a token that SignSpace did not accept, unless it has been renewed already. */
  void discard(String refused) {
    renewing.lock();
    try {
      Token current = token;
      if (current != null && current.value().equals(refused)) {
        token = null;
      }
    } finally {
      renewing.unlock();
    }
  }

  private String renew(long askedAt) {
    lock();
    try {
      Token current = token;
      if (current != null && clock.instant().isBefore(current.renewAt())) {
        return current.value();
      }
      rethrowRecent(askedAt);
      Token renewed = request();
      token = renewed;
      refusal = null;
      return renewed.value();
    } finally {
      renewing.unlock();
    }
  }

  private void lock() {
    try {
      if (!renewing.tryLock(CallDeadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        throw SignSpaceException.notDone("The access token was not renewed in time.", null, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignSpaceException.notDone("Interrupted.", null, e);
    }
  }

  /** Whoever waited while a renewal failed shares its failure; a refusal is shared for longer. */
  private void rethrowRecent(long askedAt) {
    Refusal recent = refusal;
    if (recent != null
        && (recent.atNanos() - askedAt > 0 || clock.instant().isBefore(recent.until()))) {
      throw recent.failure();
    }
  }

  private Token request() {
    try {
      JsonNode answer = source.request();
      String value = answer.path("access_token").asText("");
      if (value.isEmpty()) {
        throw SignSpaceException.cannotHeal(
            "The answer to the token request holds no access_token: check signspace.token-url, then retry.",
            null);
      }
      LOG.info("The access token was renewed");
      return new Token(value, renewAt(answer));
    } catch (SignSpaceException e) {
      boolean refused = e.kind() == SignSpaceException.Kind.CANNOT_HEAL;
      Instant now = clock.instant();
      refusal = new Refusal(e, refused ? now.plus(REFUSAL_REMEMBERED) : now, System.nanoTime());
      throw e;
    }
  }

  private Instant renewAt(JsonNode answer) {
    Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(DEFAULT_LIFE_SECONDS));
    Duration margin = life.dividedBy(4);
    return clock
        .instant()
        .plus(life)
        .minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
  }

  /** The form of the token request. */
  static String form(SignSpaceProperties properties) {
    String form = "grant_type=client_credentials";
    return properties.scopes().isEmpty()
        ? form
        : form
            + "&scope="
            + java.net.URLEncoder.encode(
                String.join(" ", properties.scopes()), StandardCharsets.UTF_8);
  }
}
