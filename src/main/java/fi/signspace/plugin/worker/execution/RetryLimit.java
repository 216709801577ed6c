package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.Outcome.Retry;
import fi.signspace.plugin.worker.execution.Outcome.Retry.Cause;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a task that keeps failing into an incident, although SignSpace and the engine work. The
 * counts and the start time are stored in the engine with the details of the failure; they are
 * reset when an admin retries the task.
 */
public final class RetryLimit {

  private static final Logger LOG = LoggerFactory.getLogger(RetryLimit.class);

  /** Hours may pass between two failures during an outage of the engine. */
  private static final int MIN_FAILURES = 5;

  /** The last line of the details. */
  private static final Pattern STREAK =
      Pattern.compile(
          "Failures in a row: (\\d{1,4}), since (\\S{20,30}), implausible responses: (\\d{1,4})$");

  private final SignSpace signSpace;
  private final Clock clock;
  private final Duration time;
  private final int attempts;

  /**
   * @param time the maximum time that a task may fail
   * @param attempts the maximum number of implausible responses
   */
  public RetryLimit(SignSpace signSpace, Clock clock, Duration time, int attempts) {
    this.signSpace = signSpace;
    this.clock = clock;
    this.time = time;
    this.attempts = attempts;
  }

  /** Returns the outcome itself, or an incident if the limit is exceeded. */
  Outcome apply(SigningTask task, Outcome outcome) {
    if (!(outcome instanceof Retry retry) || retry.cause() == Cause.OUTAGE) {
      return outcome;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Streak before = Streak.before(task);
    Streak streak = before.next(retry.cause() == Cause.DOUBT, now);
    if ((before.isSuspended() || isOver(retry, streak, now)) && isOutage(task)) {
      return retry.withDetails(Streak.suspended(now).addedTo(retry.message()));
    }
    if (!isOver(retry, streak, now)) {
      return retry.withDetails(streak.addedTo(retry.message()));
    }
    String end =
        " It has failed %s times since %s, although SignSpace works. Remove the cause, then retry."
            .formatted(streak.count(), streak.since());
    return new Outcome.Incident(retry.message() + end, retry.logMessage() + end);
  }

  private boolean isOver(Retry retry, Streak streak, Instant now) {
    return retry.cause() == Cause.DOUBT
        ? streak.doubts() >= attempts
        : streak.count() >= MIN_FAILURES
            && Duration.between(streak.since(), now).compareTo(time) >= 0;
  }

  /** Makes a call to SignSpace that does not depend on any document or request. */
  private boolean isOutage(SigningTask task) {
    try {
      task.lock().ensureFor(signSpace.longestCall());
      signSpace.listRequests(1);
      return false;
    } catch (SignSpaceException e) {
      boolean isPermanent = e.kind() == SignSpaceException.Kind.PERMANENT;
      LOG.info(
          isPermanent
              ? "SignSpace rejects the listing of requests, so {} is not retried any more: {}"
              : "SignSpace is unavailable, so {} keeps being retried: {}",
          task.topic(),
          e.logMessage());
      return !isPermanent;
    } catch (LockLostException | UnconfirmedException | ExternalTaskClientException e) {
      LOG.info(
          "The retry limit of {} is not applied, since it cannot be checked whether SignSpace responds: {}",
          task.topic(),
          e.getMessage());
      return true;
    }
  }

  /**
   * Consecutive failures.
   *
   * @param doubts how many of them were implausible responses
   */
  private record Streak(int count, Instant since, int doubts) {

    private static final Streak NONE = new Streak(0, Instant.EPOCH, 0);

    static Streak before(SigningTask task) {
      Matcher kept = STREAK.matcher(task.failureDetails());
      return RetryPolicy.failures(task.retries()) > 0 && kept.find()
          ? new Streak(
              Integer.parseInt(kept.group(1)),
              Instant.parse(kept.group(2)),
              Integer.parseInt(kept.group(3)))
          : NONE;
    }

    /** Suspends counting during an outage. */
    static Streak suspended(Instant now) {
      return new Streak(0, now, 0);
    }

    boolean isSuspended() {
      return count == 0 && !since.equals(Instant.EPOCH);
    }

    Streak next(boolean isDoubt, Instant now) {
      return new Streak(
          Math.min(count + 1, 9_999), count == 0 ? now : since, doubts + (isDoubt ? 1 : 0));
    }

    String addedTo(String message) {
      return "%s\n\nFailures in a row: %s, since %s, implausible responses: %s"
          .formatted(message, count, since, doubts);
    }
  }
}
