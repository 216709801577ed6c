package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the progress of a list from the requests of its rows. */
final class BulkQueries {

  private static final Logger LOG = LoggerFactory.getLogger(BulkQueries.class);
  private static final int NEWEST = 20;
  private static final String DECLINED = "declined";

  private final BulkStore store;
  private final BulkAccess access;
  private final BulkRequests requests;
  private final RuntimeService runtime;
  private final EngineTransactions engine;

  BulkQueries(
      BulkStore store,
      BulkAccess access,
      BulkRequests requests,
      RuntimeService runtime,
      EngineTransactions engine) {
    this.store = store;
    this.access = access;
    this.requests = requests;
    this.runtime = runtime;
    this.engine = engine;
  }

  BulkView get(String id) {
    access.requireSee();
    HistoricProcessInstance instance = store.instance(id);
    long rows = store.rows(id);
    List<Set<String>> started = requests.started(id);
    long unfinished = unfinished(started);
    return new BulkView(
        id,
        status(instance, rows, () -> unfinished),
        rows,
        rows,
        requests.count(
            started,
            query -> query.variableValueLike(SigningVariables.SIGNING_REQUEST_ID.name(), "%")),
        count(started, Status.SIGNED),
        requests.count(
            started,
            query -> query.variableValueEquals(SigningVariables.SIGNING_STATUS.name(), DECLINED)),
        count(started, Status.CANCELLED),
        count(started, Status.NEEDS_CORRECTION)
            + count(started, Status.ABANDONED)
            + count(started, Status.REMOVED)
            + requests.count(started, query -> query.unfinished().incidentStatus("open")),
        unfinished);
  }

  /** The newest lists. */
  BulkView.Page newest() {
    access.requireSee();
    return new BulkView.Page(
        store.newest(NEWEST).stream()
            .map(
                instance -> {
                  long rows = store.rows(instance.getId());
                  return new BulkView.Summary(
                      instance.getId(),
                      status(instance, rows, () -> unfinished(instance.getId())),
                      rows,
                      instance.getStartTime().toInstant(),
                      sender(instance.getId()));
                })
            .toList());
  }

  /** Null if this node cannot verify the list, which must not hide the others. */
  private @Nullable String sender(String id) {
    try {
      return store.part(id, 1).user();
    } catch (BrokenSealException e) {
      LOG.warn("[{}] The list's seal is broken or made with another secret", id, e);
      return null;
    }
  }

  private String status(HistoricProcessInstance instance, long rows, LongSupplier unfinished) {
    String id = instance.getId();
    if (store.isCancelled(instance)) {
      return "cancelled";
    }
    if (instance.getEndTime() == null && (isPaused(id) || BulkStore.isSuspended(instance))) {
      return "paused";
    }
    int started = store.rowsStarted(id);
    if (started == 0 && instance.getEndTime() == null) {
      return "ready";
    }
    return started < rows || unfinished.getAsLong() > 0 ? "sending" : "done";
  }

  /** The requests that have not ended; one that history no longer has, has ended. */
  long unfinished(String id) {
    return unfinished(requests.started(id));
  }

  private long unfinished(List<Set<String>> started) {
    return requests.count(started, HistoricProcessInstanceQuery::unfinished);
  }

  boolean isPaused(String id) {
    return engine.withoutAuthorization(
        () ->
            runtime
                    .createEventSubscriptionQuery()
                    .processInstanceId(id)
                    .eventName(BulkProcess.RESUME)
                    .count()
                > 0);
  }

  private long count(List<Set<String>> started, Status status) {
    return requests.count(started, status::narrow);
  }
}
