package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpace;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times that have to fit together, so that a call is made only while its task is surely ours
 * and a request is created again only when an earlier call can surely not create it any more. All
 * of them derive from how long a call may take.
 *
 * @param longestCall from the start of a call to SignSpace until its end is known here
 * @param lock how long a fetched task is ours
 * @param settle how long after the end of a call SignSpace may still carry it out
 */
public record LockTimings(Duration longestCall, Duration lock, Duration settle) {

  /** The most that may pass between making sure of the lock and sending the call that needs it. */
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

  /** What the lock has to cover for one call. */
  public Duration lockForOneCall() {
    return longestCall.plus(MARGIN);
  }

  /** When a creation that was recorded at some moment has surely come to its end, seen or not. */
  public Instant settledAfter(Instant recordedAt) {
    return recordedAt.plus(MARGIN).plus(longestCall).plus(settle);
  }
}
