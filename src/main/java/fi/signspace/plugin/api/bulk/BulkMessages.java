package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.EngineTransactions;
import fi.signspace.plugin.api.ProblemException;
import fi.signspace.plugin.process.BulkProcess;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;

/** Pauses, resumes and cancels the sending of a list. */
final class BulkMessages {

  private final RuntimeService runtime;
  private final BulkQueries queries;
  private final BulkStore store;
  private final BulkAccess access;
  private final EngineTransactions engine;

  BulkMessages(
      RuntimeService runtime,
      BulkQueries queries,
      BulkStore store,
      BulkAccess access,
      EngineTransactions engine) {
    this.runtime = runtime;
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

  private boolean isSent(HistoricProcessInstance instance) {
    return store.rowsStarted(instance.getId()) >= store.rows(instance.getId());
  }
}
