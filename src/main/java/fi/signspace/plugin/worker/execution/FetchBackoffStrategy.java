package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.SignSpace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.backoff.ErrorAwareBackoffStrategy;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next fetch starts: immediately after a response, since the engine uses long
 * polling; with backoff while the engine is unreachable; and not before the end of a cooldown of
 * SignSpace.
 */
final class FetchBackoffStrategy implements ErrorAwareBackoffStrategy {

  private static final Backoff ENGINE_BACKOFF =
      new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(15), 0.2);

  private final SignSpace signSpace;
  private final RandomGenerator random;
  private final Clock clock;
  private final FetchFailureLog failureLog;
  private final ThreadLocal<Long> fetchedAt = ThreadLocal.withInitial(System::nanoTime);
  private final ThreadLocal<Instant> respondedAt;
  private final ThreadLocal<Integer> status = ThreadLocal.withInitial(() -> 0);
  private volatile int failures;

  /**
   * Whether a fetch has started whose result the client has not reported. Used by the fetch loop
   * only.
   */
  private boolean isFetching;

  FetchBackoffStrategy(
      SignSpace signSpace, RandomGenerator random, Clock clock, FetchFailureLog failureLog) {
    this.signSpace = signSpace;
    this.random = random;
    this.clock = clock;
    this.respondedAt = ThreadLocal.withInitial(clock::instant);
    this.failureLog = failureLog;
  }

  /**
   * Called at the start of a fetch. The client does not back off after an unexpected failure of the
   * previous fetch, so the delay is applied here.
   */
  void fetchStarted() {
    if (isFetching) {
      int before = failures;
      failures = before + 1;
      failureLog.noteUnexpectedFailure(this);
      pause(engineBackoff().toMillis());
    }
    isFetching = true;
    fetchedAt.set(System.nanoTime());
    status.set(0);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Records the status of the response to the calling thread's request. */
  void responded(int httpStatus) {
    status.set(httpStatus);
    respondedAt.set(clock.instant());
  }

  /**
   * How far the worker's clock was ahead of the engine's at the response to the calling thread's
   * last fetch, which took place when the engine locked its tasks. An intermediate proxy may
   * replace the time in the header of a response.
   *
   * @param lockedAt by the engine's clock
   */
  Duration clockDifference(Instant lockedAt) {
    return Duration.between(lockedAt, respondedAt.get());
  }

  /**
   * When the calling thread began its last fetch: a lower bound for the start of the locks it
   * fetched.
   */
  long fetchedAt() {
    return fetchedAt.get();
  }

  @Override
  public void reconfigure(List<ExternalTask> tasks, @Nullable ExternalTaskClientException failure) {
    isFetching = false;
    failures = failure == null ? 0 : failures + 1;
    if (failure == null) {
      failureLog.noteSuccess(this);
    } else {
      failureLog.noteFailure(this, failure, status.get());
    }
  }

  @Override
  public long calculateBackoffTime() {
    return Math.max(engineBackoff().toMillis(), signSpace.pause().toMillis());
  }

  private Duration engineBackoff() {
    return failures == 0 ? Duration.ZERO : ENGINE_BACKOFF.after(Math.min(failures - 1, 30), random);
  }

  /** False after a failed fetch. */
  boolean isEngineResponding() {
    return failures == 0;
  }
}
