package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.RequestMessages;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses, resumes and cancels the sending of a list. */
final class BulkMessages {

  private static final Logger LOG = LoggerFactory.getLogger(BulkMessages.class);

  /** A call takes some seconds at most. */
  private static final int AT_ONCE = 200;

  private final RuntimeService runtime;
  private final ExternalTaskService tasks;
  private final RequestMessages requests;
  private final BulkRequests found;
  private final BulkQueries queries;
  private final BulkStore store;
  private final BulkAccess access;
  private final EngineTransactions engine;

  BulkMessages(
      RuntimeService runtime,
      ExternalTaskService tasks,
      RequestMessages requests,
      BulkRequests found,
      BulkQueries queries,
      BulkStore store,
      BulkAccess access,
      EngineTransactions engine) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.requests = requests;
    this.found = found;
    this.queries = queries;
    this.store = store;
    this.access = access;
    this.engine = engine;
  }

  BulkView send(String message, String id) {
    access.requireSee();
    access.requireSend();
    HistoricProcessInstance instance = store.instance(id);
    if (BulkStore.isSuspended(instance)) {
      throw ProblemException.suspended("The list");
    }
    if (!message.equals(BulkProcess.RESUME) && isSent(instance)) {
      throw ProblemException.notPossible("Every row of the list has been sent.");
    }
    try {
      engine.inTransaction(
          () ->
              engine.withoutAuthorization(
                  () -> {
                    runtime.createMessageCorrelation(message).processInstanceId(id).correlate();
                    return id;
                  }));
    } catch (MismatchingMessageCorrelationException e) {
      throw ProblemException.notPossible("The list is %s.".formatted(queries.get(id).status()));
    }
    return queries.get(id);
  }

  /**
   * Cancels requests of a list that wait for signatures or a decision, and closes those that are
   * cancelled; a repeated call does so with the others.
   */
  BulkView cancelRequests(String id) {
    access.requireSee();
    access.requireSend();
    store.instance(id);
    List<Set<String>> started = found.started(id);
    List<String> cancelled =
        found.ids(
            started,
            AT_ONCE,
            query -> query.unfinished().activeActivityIdIn(SigningProcess.DECIDE_CANCELLED));
    cancelled.forEach(request -> tryTo(requests::close, request));
    Stream.of(Status.AWAITING, Status.NEEDS_DECISION)
        .flatMap(status -> found.ids(started, AT_ONCE, status::narrow).stream())
        .filter(request -> !cancelled.contains(request))
        .forEach(request -> tryTo(this::cancel, request));
    return queries.get(id);
  }

  /**
   * A request that cannot be cancelled remains in the progress of the list and in the clerks'
   * tasks.
   */
  private void tryTo(Consumer<String> action, String request) {
    try {
      action.accept(request);
    } catch (ProblemException e) {
      LOG.info("[{}] The request of a list is not cancelled: {}", request, e.getMessage());
    }
  }

  private void cancel(String request) {
    requests.send(SigningProcess.Message.CANCEL_SIGNING, request);
  }

  /** Retries what waits for an admin, with the caller's permissions. */
  BulkView retry(String id) {
    access.requireSee();
    access.requireSend();
    store.instance(id);
    List<String> instances =
        new ArrayList<>(
            found.ids(
                found.started(id), AT_ONCE, query -> query.unfinished().incidentStatus("open")));
    instances.add(id);
    List<String> failed =
        engine.withoutAuthorization(
            () ->
                tasks
                    .createExternalTaskQuery()
                    .processInstanceIdIn(instances.toArray(String[]::new))
                    .noRetriesLeft()
                    .list()
                    .stream()
                    .map(ExternalTask::getId)
                    .toList());
    if (!failed.isEmpty()) {
      tasks.setRetries(failed, 1);
    }
    return queries.get(id);
  }

  private boolean isSent(HistoricProcessInstance instance) {
    return store.rowsStarted(instance.getId()) >= store.rows(instance.getId());
  }
}
