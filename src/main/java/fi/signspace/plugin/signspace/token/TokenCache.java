package fi.signspace.plugin.signspace.token;

import fi.signspace.plugin.signing.SignSpaceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token shared by all calls. If several threads need a new one, one of them requests it;
 * the others wait for the result and share a failure.
 */
public final class TokenCache {

  /**
   * How long rejected credentials are remembered without a new request: at most five token requests
   * a minute, while corrected credentials take effect soon.
   */
  static final Duration REJECTION_TTL = Duration.ofSeconds(12);

  private final Supplier<Token> source;
  private final Clock clock;
  private final Supplier<Duration> timeLeft;
  private final AtomicReference<@Nullable CompletableFuture<Token>> renewal =
      new AtomicReference<>();
  private volatile @Nullable Token latest;
  private volatile @Nullable Rejection rejection;

  /**
   * @param timeLeft how long the calling thread may wait
   */
  public TokenCache(Supplier<Token> source, Clock clock, Supplier<Duration> timeLeft) {
    this.source = source;
    this.clock = clock;
    this.timeLeft = timeLeft;
  }

  /** Returns the shared token, renewed before it expires. */
  public Token fresh() {
    Token token = latest;
    return token != null && token.isFresh(clock) ? token : join(null);
  }

  /** Returns a different token after SignSpace has rejected one. */
  public Token replacing(Token rejected) {
    Token token = join(rejected);
    return token.equals(rejected) ? join(rejected) : token;
  }

  private Token join(@Nullable Token rejected) {
    CompletableFuture<Token> own = new CompletableFuture<>();
    CompletableFuture<Token> running = renewal.compareAndExchange(null, own);
    return running == null ? renew(own, rejected) : await(running);
  }

  private Token renew(CompletableFuture<Token> own, @Nullable Token rejected) {
    try {
      Token token = latest;
      if (token == null || token.equals(rejected) || !token.isFresh(clock)) {
        token = request();
      }
      own.complete(token);
      return token;
    } catch (RuntimeException | Error e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      renewal.set(null);
    }
  }

  private Token request() {
    Rejection remembered = rejection;
    if (remembered != null && clock.instant().isBefore(remembered.until())) {
      throw SignSpaceException.permanent(remembered.message(), null);
    }
    try {
      Token token = source.get();
      latest = token;
      rejection = null;
      return token;
    } catch (SignSpaceException e) {
      if (e.kind() == SignSpaceException.Kind.PERMANENT) {
        rejection =
            new Rejection(String.valueOf(e.getMessage()), clock.instant().plus(REJECTION_TTL));
      }
      throw e;
    }
  }

  private Token await(CompletableFuture<Token> running) {
    try {
      return running.get(timeLeft.get().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SignSpaceException known ? known : unavailable(e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static SignSpaceException unavailable(Throwable cause) {
    return SignSpaceException.unreachable(
        "Waiting for an access token ended without one. Nothing was sent; a retry may succeed.",
        null,
        cause);
  }

  private record Rejection(String message, Instant until) {}
}
