package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ReportedFailure;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Clock;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * SignSpace may carry out a call long after it has failed here, even after a repetition has
 * succeeded or was refused. Until that is impossible, no other step of the instance relies on the
 * status of its request, since the late call could change it, and the same step reports no refusal.
 */
final class UnsettledActions {

  private static final Set<String> ACTIONS =
      Set.of(Topic.CANCEL_SIGNING_REQUEST, Topic.REOPEN_SIGNING_REQUEST, Topic.REPLACE_DOCUMENTS);

  private static final String WAITING = "SignSpace may still carry out";

  private final EngineHistory history;
  private final SettleTime settling;

  UnsettledActions(EngineHistory history, LockTimings times, Clock clock, LongSupplier nanoTime) {
    this.history = history;
    this.settling = new SettleTime(times, clock, nanoTime);
  }

  /**
   * @throws RetryLaterException if there is one of another step that could undo what this one does
   */
  void requireNoneOfOthers(SigningTask task) {
    requireNone(
        task,
        failure ->
            !failure.externalTaskId().equals(task.id())
                && (!failure.topic().equals(task.topic())
                    || failure.topic().equals(Topic.REPLACE_DOCUMENTS)));
  }

  /**
   * @throws RetryLaterException if there is an earlier one of this step
   */
  void requireNoneOfThis(SigningTask task) {
    requireNone(task, failure -> failure.externalTaskId().equals(task.id()));
  }

  private void requireNone(SigningTask task, Predicate<ReportedFailure> isConcerned) {
    history.latestFailures(task.processInstanceId()).stream()
        .filter(failure -> ACTIONS.contains(failure.topic()))
        .filter(isConcerned)
        .filter(failure -> !failure.message().startsWith(WAITING))
        .findFirst()
        .ifPresent(this::requireSettled);
  }

  private void requireSettled(ReportedFailure failure) {
    settling.requireSettled(
        failure.id(),
        failure.time(),
        settled ->
            "%s a call of the step %s that failed at %s. This step continues at %s, when it no longer can"
                .formatted(WAITING, failure.activityId(), failure.time(), settled));
  }
}
