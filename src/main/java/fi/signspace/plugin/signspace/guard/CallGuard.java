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
 * Protects SignSpace from overload: a rate limiter, a circuit breaker, and the pause requested by
 * {@code Retry-After}, which applies to every call.
 */
public final class CallGuard {

  private static final Logger LOG = LoggerFactory.getLogger(CallGuard.class);

  /** How long a call waits for a permit of the rate limiter. */
  static final Duration MAX_QUEUE = Duration.ofSeconds(5);

  private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_COOLDOWN = Duration.ofHours(1);

  /** A probe that never ends must not keep other calls waiting. */
  private static final Duration MAX_PROBING = Duration.ofMinutes(2);

  /** How many failed documents and requests are remembered. */
  private static final int MAX_FAILING = 1000;

  private static final IntervalFunction CIRCUIT_BACKOFF =
      IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(5), 2, Duration.ofMinutes(1));

  private final Clock clock;
  private final CircuitBreaker circuit;
  private final RateLimiter rate;
  private final AtomicReference<Instant> cooldownUntil = new AtomicReference<>(Instant.MIN);
  private final AtomicLong suppressed = new AtomicLong();
  private final AtomicLong successes = new AtomicLong();

  /** Failed subjects, each with the number of successful calls at its latest failure. */
  private final Map<String, Long> failing = Collections.synchronizedMap(boundedMap());

  /**
   * @param callsPerSecond the maximum rate
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
                // a few documents that always fail must not open the circuit
                .failureRateThreshold(75)
                .permittedNumberOfCallsInHalfOpenState(3)
                .maxWaitDurationInHalfOpenState(MAX_PROBING)
                .clock(clock)
                .waitIntervalFunctionInOpenState(this::openMillis)
                .recordException(CallGuard::countsAsFailure)
                .build());
    circuit
        .getEventPublisher()
        .onStateTransition(
            event ->
                LOG.warn(
                    "SignSpace is {}",
                    switch (event.getStateTransition().getToState()) {
                      case OPEN -> "failing; calls are paused";
                      case HALF_OPEN -> "being probed with a few calls";
                      default -> "available again; calls continue";
                    }));
  }

  /** Makes a call without a subject. */
  public <T> T call(Supplier<T> call) {
    return call("", call);
  }

  /**
   * Makes a call.
   *
   * @param subject the document or request of the call, empty for none or several: repeated
   *     failures of one subject do not count as failures of SignSpace
   */
  <T> T call(String subject, Supplier<T> call) {
    requireNoPause();
    Instant latest = clock.instant().plus(MAX_QUEUE);
    // a process that was suspended meanwhile may no longer be the one that makes the call
    if (!rate.acquirePermission() || clock.instant().isAfter(latest)) {
      throw suppressed("Too many calls to SignSpace are queued", SHORT_PAUSE);
    }
    // another call may have started a pause while this one waited for a permit
    requireNoPause();
    if (!circuit.tryAcquirePermission()) {
      throw suppressed(
          "SignSpace has been failing and is being probed with a few calls", SHORT_PAUSE);
    }
    return observe(subject, call);
  }

  private void requireNoPause() {
    Duration pause = pause();
    if (!pause.isZero()) {
      throw suppressed(
          "SignSpace is busy or failing; calls are paused until %s".formatted(cooldownUntil.get()),
          pause);
    }
  }

  private SignSpaceException suppressed(String reason, Duration retryAfter) {
    suppressed.incrementAndGet();
    return SignSpaceException.unreachable(reason, retryAfter, null);
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
        failure.retryAfter().ifPresent(this::startCooldown);
      }
      throw e;
    } catch (Error e) {
      // it says nothing about SignSpace
      circuit.releasePermission();
      throw e;
    }
  }

  /**
   * Whether the failure is likely caused by the subject: it has failed before, and other calls have
   * succeeded since.
   */
  private boolean isKnownToFail(String subject, RuntimeException failure) {
    boolean mayBeCausedBySubject =
        !subject.isEmpty()
            && countsAsFailure(failure)
            && failure instanceof SignSpaceException signSpace
            && !signSpace.isUnreachable()
            && signSpace.retryAfter().isEmpty();
    if (!mayBeCausedBySubject) {
      return false;
    }
    long now = successes.get();
    Long before = failing.put(subject, now);
    return before != null && before < now;
  }

  /** How long calls are paused; zero if they are not. */
  public Duration pause() {
    Instant until = cooldownUntil.get();
    Instant now = clock.instant();
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  public CircuitBreaker.State circuitState() {
    return circuit.getState();
  }

  /** The number of calls suppressed so far. */
  long suppressed() {
    return suppressed.get();
  }

  /**
   * Returns how long the circuit stays open, longer each time, and pauses every call for as long.
   */
  private long openMillis(int openings) {
    long millis = CIRCUIT_BACKOFF.apply(openings);
    extendCooldown(Duration.ofMillis(millis));
    return millis;
  }

  private void startCooldown(Duration wanted) {
    Duration bounded = wanted.compareTo(MAX_COOLDOWN) > 0 ? MAX_COOLDOWN : wanted;
    extendCooldown(bounded);
    LOG.warn("SignSpace requests a pause; no calls are made for {}", bounded);
  }

  private void extendCooldown(Duration time) {
    Instant until = clock.instant().plus(time);
    cooldownUntil.accumulateAndGet(
        until, (current, wanted) -> current.isAfter(wanted) ? current : wanted);
  }

  private static Map<String, Long> boundedMap() {
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
