package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpace;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The durations that depend on each other: a call is made only while its task is certain to be
 * locked, and a request is created again only when an earlier call can no longer create it. All
 * derive from the maximum duration of a call.
 *
 * @param longestCall the maximum time from the start of a call to SignSpace until its end is known
 *     here
 * @param lock the lock duration of a fetched task
 * @param settle how long SignSpace may still process a call after it has ended here
 */
public record LockTimings(Duration longestCall, Duration lock, Duration settle) {

  /** The maximum time between ensuring the lock and sending the call that needs it. */
  public static final Duration MARGIN = Duration.ofSeconds(10);

  public LockTimings {
    if (lock.compareTo(longestCall.plus(MARGIN)) < 0) {
      throw new IllegalArgumentException(
          """
          signspace.worker.lock-duration is %s, but a call to SignSpace may take %s and the lock has to outlast it by %s. \
          Leave it out, or set it to %s or more.\
          """
              .formatted(lock, longestCall, MARGIN, longestCall.plus(MARGIN)));
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException(
          "signspace.worker.settle-time must not be negative: " + settle);
    }
  }

  public static LockTimings of(
      SignSpace signSpace, @Nullable Duration lock, Duration longPolling, Duration settle) {
    Duration derived = signSpace.longestCall().plus(MARGIN).plus(longPolling);
    return new LockTimings(signSpace.longestCall(), lock == null ? derived : lock, settle);
  }

  /** The remaining lock time that one call requires. */
  public Duration lockForOneCall() {
    return longestCall.plus(MARGIN);
  }

  /** When a creation that was recorded at this time can no longer take effect. */
  public Instant settledAfter(Instant recordedAt) {
    return recordedAt.plus(MARGIN).plus(longestCall).plus(settle);
  }
}
