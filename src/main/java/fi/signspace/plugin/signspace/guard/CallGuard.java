package fi.signspace.plugin.signspace.guard;

import fi.signspace.plugin.signing.SignSpaceException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a sick or busy SignSpace from being hammered by this process: a rate limit, a circuit
 * breaker, and the rest that SignSpace asks for itself ({@code Retry-After}), which holds for every
 * call and not only for the one that was told.
 */
public final class CallGuard {

  private static final Logger LOG = LoggerFactory.getLogger(CallGuard.class);

  /** The longest that a call waits for its turn. */
  static final Duration MAX_QUEUE = Duration.ofSeconds(5);

  private static final Duration BUSY_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_COOLDOWN = Duration.ofHours(1);

  /** As many documents and requests are remembered to have failed. */
  private static final int MAX_FAILING = 1000;

  private static final IntervalFunction CIRCUIT_WAITS =
      IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(5), 2, Duration.ofMinutes(1));

  private final Clock clock;
  private final CircuitBreaker circuit;
  private final RateLimiter rate;
  private final AtomicReference<Instant> cooldownUntil = new AtomicReference<>(Instant.MIN);
  private final AtomicLong suppressed = new AtomicLong();
  private final AtomicLong successes = new AtomicLong();

  /** What has failed, and how many calls had succeeded before it failed last. */
  private final Map<String, Long> failing = Collections.synchronizedMap(newestOnly());

  /**
   * @param callsPerSecond the most calls in a second
   */
  public CallGuard(Clock clock, int callsPerSecond) {
    this.clock = clock;
    int callsAtOnce = Math.max(1, callsPerSecond / 10);
    this.rate =
        RateLimiter.of(
            "signspace",
            RateLimiterConfig.custom()
                .limitRefreshPeriod(Duration.ofSeconds(callsAtOnce).dividedBy(callsPerSecond))
                .limitForPeriod(callsAtOnce)
                .timeoutDuration(MAX_QUEUE)
                .build());
    this.circuit =
        CircuitBreaker.of(
            "signspace",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                // half a dozen documents that always fail are no failing SignSpace
                .failureRateThreshold(75)
                .permittedNumberOfCallsInHalfOpenState(3)
                .clock(clock)
                .waitIntervalFunctionInOpenState(this::restOfCircuit)
                .recordException(CallGuard::countsAsFailure)
                .build());
    circuit
        .getEventPublisher()
        .onStateTransition(
            event ->
                LOG.warn(
                    "SignSpace is {}",
                    switch (event.getStateTransition().getToState()) {
                      case OPEN -> "failing: it is left in peace for a while";
                      case HALF_OPEN -> "tried again with a few calls";
                      default -> "well again";
                    }));
  }

  /** Makes a call that is about nothing in particular. */
  public <T> T call(Supplier<T> call) {
    return call("", call);
  }

  /**
   * Makes a call.
   *
   * @param subject the document or request that it is about: if it fails again and again, that says
   *     nothing of SignSpace; empty if it is about none, or about many
   */
  <T> T call(String subject, Supplier<T> call) {
    requireNoCooldown();
    if (!rate.acquirePermission()) {
      throw suppressed("Too many calls to SignSpace are waiting", BUSY_PAUSE);
    }
    // another call may have been told to rest while this one waited for its turn
    requireNoCooldown();
    if (!circuit.tryAcquirePermission()) {
      throw suppressed(
          "SignSpace has been failing and is tried with a few calls first", BUSY_PAUSE);
    }
    return observe(subject, call);
  }

  private void requireNoCooldown() {
    Duration rest = rest();
    if (!rest.isZero()) {
      throw suppressed(
          "SignSpace is busy or failing, and left in peace until %s".formatted(cooldownUntil.get()),
          rest);
    }
  }

  private SignSpaceException suppressed(String reason, Duration rest) {
    suppressed.incrementAndGet();
    return SignSpaceException.unreachable(reason, rest, null);
  }

  private <T> T observe(String subject, Supplier<T> call) {
    long start = circuit.getCurrentTimestamp();
    try {
      T result = call.get();
      successes.incrementAndGet();
      failing.remove(subject);
      circuit.onResult(circuit.getCurrentTimestamp() - start, circuit.getTimestampUnit(), result);
      return result;
    } catch (RuntimeException e) {
      if (isKnownToFail(subject, e)) {
        circuit.releasePermission();
      } else {
        circuit.onError(circuit.getCurrentTimestamp() - start, circuit.getTimestampUnit(), e);
      }
      if (e instanceof SignSpaceException failure) {
        failure.retryAfter().ifPresent(this::rest);
      }
      throw e;
    }
  }

  /**
   * Whether a call has failed for what may be a reason of its subject: it has failed before, and
   * SignSpace has carried out other calls since.
   */
  private boolean isKnownToFail(String subject, RuntimeException failure) {
    boolean mayBeItsOwn =
        !subject.isEmpty()
            && countsAsFailure(failure)
            && failure instanceof SignSpaceException signSpace
            && !signSpace.isUnreachable()
            && signSpace.retryAfter().isEmpty();
    if (!mayBeItsOwn) {
      return false;
    }
    long now = successes.get();
    Long before = failing.put(subject, now);
    return before != null && before < now;
  }

  /** How long no call should be made; zero if one may. */
  public Duration pause() {
    return rest();
  }

  public CircuitBreaker.State circuitState() {
    return circuit.getState();
  }

  /** How many calls have not been made so far. */
  long suppressed() {
    return suppressed.get();
  }

  /** How long the circuit stays open: a rest for every call, which grows while SignSpace fails. */
  private long restOfCircuit(int openings) {
    long millis = CIRCUIT_WAITS.apply(openings);
    restAtLeast(Duration.ofMillis(millis));
    return millis;
  }

  private Duration rest() {
    Instant until = cooldownUntil.get();
    Instant now = clock.instant();
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  private void rest(Duration wanted) {
    Duration bounded = wanted.compareTo(MAX_COOLDOWN) > 0 ? MAX_COOLDOWN : wanted;
    restAtLeast(bounded);
    LOG.warn("SignSpace asks to be left in peace for {}", bounded);
  }

  private void restAtLeast(Duration time) {
    Instant until = clock.instant().plus(time);
    cooldownUntil.accumulateAndGet(until, (now, then) -> now.isAfter(then) ? now : then);
  }

  private static Map<String, Long> newestOnly() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > MAX_FAILING;
      }
    };
  }

  private static boolean countsAsFailure(Throwable failure) {
    return failure instanceof SignSpaceException signSpace
        && signSpace.kind() == SignSpaceException.Kind.TRANSIENT;
  }
}
