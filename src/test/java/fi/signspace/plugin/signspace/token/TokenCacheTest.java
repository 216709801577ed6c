package fi.signspace.plugin.signspace.token;

import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import fi.signspace.plugin.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token is requested, and when it is reused. */
class TokenCacheTest {

  private static final int THREADS = 20;

  private final SettableClock clock = new SettableClock();
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final TokenCache tokenCache = tokensLiving(Duration.ofHours(1));

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void a_token_is_shared_until_a_minute_before_it_expires() {
    Token first = tokenCache.fresh();
    clock.advance(Duration.ofMinutes(59).minusMillis(1));
    assertThat(tokenCache.fresh()).isEqualTo(first);

    clock.advance(Duration.ofMillis(1));

    assertThat(tokenCache.fresh()).isNotEqualTo(first);
    assertThat(requests).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 60})
  void a_short_lived_token_is_used_for_most_of_its_lifetime(int seconds) {
    TokenCache shortLived = tokensLiving(Duration.ofSeconds(seconds));
    Token first = shortLived.fresh();

    clock.advance(Duration.ofMillis(seconds * 790L));
    assertThat(shortLived.fresh()).isEqualTo(first);
    clock.advance(Duration.ofMillis(seconds * 20L));
    assertThat(shortLived.fresh()).isNotEqualTo(first);
  }

  @Test
  void a_token_that_has_already_expired_is_used_once() {
    TokenCache endless = tokensLiving(Duration.ZERO);

    assertThat(endless.fresh().value()).isEqualTo("token 1");
    assertThat(endless.fresh().value()).isEqualTo("token 2");
  }

  @Test
  void one_thread_requests_a_token_for_all() throws Exception {
    CountDownLatch others = new CountDownLatch(THREADS - 1);
    TokenCache slow =
        new TokenCache(
            () -> {
              awaitQuietly(others);
              return next(Duration.ofHours(1));
            },
            clock,
            () -> waitingAfter(others));

    List<Future<Token>> waiting = onAllThreads(slow::fresh);

    for (Future<Token> token : waiting) {
      assertThat(token.get().value()).isEqualTo("token 1");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void a_token_rejected_for_many_calls_is_renewed_once() throws Exception {
    Token refused = tokenCache.fresh();

    for (Future<Token> token : onAllThreads(() -> tokenCache.replacing(refused))) {
      assertThat(token.get().value()).isEqualTo("token 2");
    }
    assertThat(requests).hasValue(2);
  }

  @Test
  void waiting_threads_share_a_failure() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(THREADS - 1);
    TokenCache failing =
        new TokenCache(
            () -> {
              requests.incrementAndGet();
              awaitQuietly(others);
              throw SignSpaceException.notDone("HTTP 503", null, null);
            },
            clock,
            () -> waitingAfter(others));

    for (Future<Token> token : onAllThreads(failing::fresh)) {
      assertThat(causeOf(token)).hasMessage("HTTP 503");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void no_thread_waits_longer_than_its_call_may_last() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    TokenCache hanging =
        new TokenCache(
            () -> {
              asked.countDown();
              awaitQuietly(never);
              return next(Duration.ofHours(1));
            },
            clock,
            () -> Duration.ofMillis(50));
    Future<Token> leader = threads.submit(hanging::fresh);
    asked.await();

    SignSpaceException failure = failureOf(hanging::fresh);

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(leader).isNotDone();
  }

  @Test
  void a_rejection_is_remembered_briefly() {
    TokenCache refusing = refusing(SignSpaceException.permanent("invalid_client", null));

    for (int task = 0; task < 50; task++) {
      SignSpaceException failure = failureOf(refusing::fresh);
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessage("invalid_client");
    }
    assertThat(requests).hasValue(1);

    for (int second = 0; second < 60; second++) {
      clock.advance(Duration.ofSeconds(1));
      failureOf(refusing::fresh);
    }
    assertThat(requests).hasValueBetween(2, 6);
    assertThat(TokenCache.REJECTION_TTL).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void corrected_credentials_take_effect() {
    List<Boolean> corrected = new ArrayList<>();
    TokenCache mended =
        new TokenCache(
            () -> {
              if (corrected.isEmpty()) {
                throw SignSpaceException.permanent("invalid_client", null);
              }
              return next(Duration.ofHours(1));
            },
            clock,
            () -> Duration.ofSeconds(20));
    failureOf(mended::fresh);
    corrected.add(true);

    clock.advance(TokenCache.REJECTION_TTL);

    assertThat(mended.fresh().value()).isEqualTo("token 1");
  }

  @Test
  void transient_failures_are_not_remembered() {
    TokenCache failing = refusing(SignSpaceException.notDone("HTTP 503", null, null));

    failureOf(failing::fresh);
    failureOf(failing::fresh);

    assertThat(requests).hasValue(2);
  }

  @Test
  void to_string_omits_the_token() {
    assertThat(tokenCache.fresh()).asString().doesNotContain("token 1");
  }

  private TokenCache tokensLiving(Duration life) {
    return new TokenCache(() -> next(life), clock, () -> Duration.ofSeconds(20));
  }

  /** The cache reads the remaining time just before it waits for another thread's token. */
  private static Duration waitingAfter(CountDownLatch others) {
    others.countDown();
    return Duration.ofSeconds(20);
  }

  private TokenCache refusing(SignSpaceException refusal) {
    return new TokenCache(
        () -> {
          requests.incrementAndGet();
          throw refusal;
        },
        clock,
        () -> Duration.ofSeconds(20));
  }

  private Token next(Duration life) {
    return Token.validFrom(clock.instant(), life, "token " + requests.incrementAndGet());
  }

  private List<Future<Token>> onAllThreads(Callable<Token> work) {
    List<Future<Token>> results = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      results.add(threads.submit(work));
    }
    return results;
  }

  private static SignSpaceException causeOf(Future<Token> token) throws InterruptedException {
    try {
      token.get();
      throw new AssertionError("a token where a failure was expected");
    } catch (ExecutionException e) {
      return (SignSpaceException) e.getCause();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
