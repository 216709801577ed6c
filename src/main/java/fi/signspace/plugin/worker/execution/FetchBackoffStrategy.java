package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.SignSpace;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.backoff.ErrorAwareBackoffStrategy;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.interceptor.ClientRequestContext;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * When a client asks for tasks: at once after an answer, since the engine holds the question while
 * there are none; later while the engine cannot be reached; and not at all while SignSpace is to be
 * left in peace.
 */
final class FetchBackoffStrategy implements ErrorAwareBackoffStrategy, ClientRequestInterceptor {

  private static final Backoff ENGINE_WAITS =
      new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(15), 0.2);

  private final SignSpace signSpace;
  private final RandomGenerator random;
  private final FetchFailureLog trouble;
  private final ThreadLocal<Long> requestedAt = ThreadLocal.withInitial(System::nanoTime);
  private final ThreadLocal<Integer> status = ThreadLocal.withInitial(() -> 0);
  private volatile int failures;

  /** A question for tasks has begun, and the client has not said how it ended. Fetch loop only. */
  private boolean isOpen;

  FetchBackoffStrategy(SignSpace signSpace, RandomGenerator random, FetchFailureLog trouble) {
    this.signSpace = signSpace;
    this.random = random;
    this.trouble = trouble;
  }

  @Override
  public void intercept(ClientRequestContext request) {
    requestedAt.set(System.nanoTime());
    status.set(0);
  }

  /**
   * A question for tasks begins. If the one before ended in a way that the client did not expect,
   * it asks again without a pause; so the pause is made here.
   */
  void fetching() {
    if (isOpen) {
      int before = failures;
      failures = before + 1;
      trouble.noteUnexpected(this);
      pause(engineWait().toMillis());
      requestedAt.set(System.nanoTime());
    }
    isOpen = true;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The calling thread's request was answered. */
  void answered(int httpStatus) {
    status.set(httpStatus);
  }

  /** When the calling thread sent its last request: the locks of what it fetched began later. */
  long requestedAt() {
    return requestedAt.get();
  }

  @Override
  public void reconfigure(List<ExternalTask> tasks, @Nullable ExternalTaskClientException failure) {
    isOpen = false;
    failures = failure == null ? 0 : failures + 1;
    if (failure == null) {
      trouble.isOver(this);
    } else {
      trouble.note(this, failure, status.get());
    }
  }

  @Override
  public long calculateBackoffTime() {
    return Math.max(engineWait().toMillis(), signSpace.pause().toMillis());
  }

  private Duration engineWait() {
    return failures == 0 ? Duration.ZERO : ENGINE_WAITS.after(Math.min(failures - 1, 30), random);
  }

  /** False after a question for tasks that the engine did not answer. */
  boolean isEngineAnswering() {
    return failures == 0;
  }
}
