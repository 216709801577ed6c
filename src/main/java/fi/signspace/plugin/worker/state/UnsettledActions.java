package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.ReportedFailure;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * SignSpace may carry out a call long after it has failed here, its step was interrupted, or its
 * worker has stopped, even after a repetition has succeeded or was refused. Until that is
 * impossible, no other step of the instance relies on the status of its request, since the late
 * call could change it, and the same step reports no refusal.
 */
public final class UnsettledActions {

  private static final List<String> ACTIONS =
      List.of(Topic.CANCEL_SIGNING_REQUEST, Topic.REOPEN_SIGNING_REQUEST, Topic.REPLACE_DOCUMENTS);

  private static final Duration OPEN_DELAY = Duration.ofSeconds(5);

  private static final String WAITING = "SignSpace may still carry out";

  private final EngineHistory history;
  private final Replacements replacements;
  private final LockTimings times;
  private final SettleTime settling;

  public UnsettledActions(
      EngineHistory history,
      Replacements replacements,
      LockTimings times,
      Clock clock,
      LongSupplier nanoTime) {
    this.history = history;
    this.replacements = replacements;
    this.times = times;
    this.settling = new SettleTime(times, clock, nanoTime);
  }

  /**
   * @throws RetryLaterException if there is one of another step that could undo what this one does
   */
  public void requireNoneOfOthers(SigningTask task, SigningState state) {
    for (String topic : ACTIONS) {
      if (!topic.equals(task.topic()) || topic.equals(Topic.REPLACE_DOCUMENTS)) {
        requireNone(task, state, topic, otherRuns(task, topic));
      }
    }
  }

  /**
   * A cancelled request may be open later.
   *
   * @throws RetryLaterException if it may still be re-opened
   */
  public void requireNoReopening(SigningTask task, SigningState state) {
    // only a step that acts on nothing may wait for one that is open, which could wait for it
    List<ActivityRun> runs = otherRuns(task, Topic.REOPEN_SIGNING_REQUEST);
    if (runs.stream().anyMatch(ActivityRun::isUnfinished)) {
      throw new RetryLaterException(
          "The signing request is being re-opened by another step. This step continues when that has ended",
          OPEN_DELAY);
    }
    requireNone(task, state, Topic.REOPEN_SIGNING_REQUEST, runs);
    requireNoFormerResponse(task, runs);
  }

  /** A response may be from before a re-opening that has succeeded, for example from a cache. */
  private void requireNoFormerResponse(SigningTask task, List<ActivityRun> reopenings) {
    List<ActivityRun> recent =
        reopenings.stream()
            .filter(ActivityRun::isCompleted)
            .filter(run -> !isLongAgo(task, run.id(), run.endTime()))
            .toList();
    if (recent.isEmpty()) {
      return;
    }
    List<ActivityRun> cancellations = otherRuns(task, Topic.CANCEL_SIGNING_REQUEST);
    recent.stream()
        .filter(
            run ->
                cancellations.stream()
                    .allMatch(cancellation -> cancellation.startTime().isBefore(run.endTime())))
        .max(Comparator.comparing(run -> settling.timeLeft(run.id(), run.endTime())))
        .ifPresent(
            run ->
                settling.requireSettled(
                    run.id(),
                    run.endTime(),
                    settled ->
                        "SignSpace reports the signing request as cancelled, although it was re-opened at %s. This step asks again at %s, when that can be no former response"
                            .formatted(run.endTime(), settled)));
  }

  private List<ActivityRun> otherRuns(SigningTask task, String topic) {
    return task.relatedSteps().ofTopic(topic).stream()
        .flatMap(step -> history.activityRuns(task.processInstanceId(), step).stream())
        .filter(run -> !run.id().equals(task.activityInstanceId()))
        .toList();
  }

  private void requireNone(
      SigningTask task, SigningState state, String topic, List<ActivityRun> otherRuns) {
    requireNone(task, topic, failure -> !failure.externalTaskId().equals(task.id()));
    List<ActivityRun> ended = otherRuns.stream().filter(run -> run.endTime() != null).toList();
    if (ended.isEmpty()) {
      return;
    }
    Duration oneAttempt = oneAttempt(task);
    ended.stream()
        .filter(run -> run.canceled() || !run.hasEndedBefore(run.startTime().plus(oneAttempt)))
        .filter(run -> !replacements.isSettled(task, state, run))
        .filter(run -> mayMatter(task, topic, run))
        .max(Comparator.comparing(run -> settling.timeLeft(run.id(), run.endTime())))
        .ifPresent(run -> requireSettled(run.id(), topic, run.endTime()));
  }

  /**
   * A clock may have been wrong when a run ended. The documents of a request must not depend on
   * that, so one replacement waits for each other one that is not settled.
   */
  private boolean mayMatter(SigningTask task, String topic, ActivityRun run) {
    return topic.equals(task.topic()) || !isLongAgo(task, run.id(), run.endTime());
  }

  /** An attempt without a report ends with its lock; without a log, no attempt has a report. */
  private Duration oneAttempt(SigningTask task) {
    return history.failures(task.id()).isPresent() ? times.lockForOneCall() : RetryPolicy.MIN_DELAY;
  }

  /**
   * @throws RetryLaterException if an earlier attempt of this step can still succeed, although
   *     SignSpace refuses to repeat it
   */
  public void requireNoneOfThis(SigningTask task) {
    requireNone(task, task.topic(), failure -> failure.externalTaskId().equals(task.id()));
  }

  private void requireNone(SigningTask task, String topic, Predicate<ReportedFailure> isConcerned) {
    history.failuresOf(task.processInstanceId(), topic).stream()
        .filter(isConcerned)
        .filter(failure -> !failure.message().startsWith(WAITING))
        .filter(failure -> !isLongAgo(task, failure.id(), failure.time()))
        .max(Comparator.comparing(failure -> settling.timeLeft(failure.id(), failure.time())))
        .ifPresent(failure -> requireSettled(failure.id(), topic, failure.time()));
  }

  /**
   * @param time by the engine's clock
   */
  private boolean isLongAgo(SigningTask task, String call, Instant time) {
    return settling.isLongAgo(call, time.plus(task.clockDifference()));
  }

  private void requireSettled(String call, String topic, Instant time) {
    settling.requireSettled(
        call,
        time,
        settled ->
            "%s an earlier call, %s of %s. This step continues at %s, when it no longer can"
                .formatted(WAITING, topic, time, settled));
  }
}
