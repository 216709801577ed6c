package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.environment.PollingLoop;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the requests of lists, a portion at a time. One transaction starts the requests of a
 * portion and records that they are started, so each row is started once, even if a node dies and
 * another one continues. All engine nodes send; the engine locks each list for one of them.
 */
final class BulkSender extends PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(BulkSender.class);

  /** A list whose node was killed waits that long; a portion takes about a second. */
  private static final Duration LOCK = Duration.ofSeconds(30);

  /** Followed by the id of a list: the lock of its portions. */
  private static final String LOCKED = "bulkList_";

  /** Until requests on their way have been sent. */
  private static final Duration SOON = Duration.ofMillis(250);

  private static final int ATTEMPTS = 3;
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final ExternalTaskService tasks;
  private final BulkStore store;
  private final BulkQueries queries;
  private final RowStarter starter;
  private final IdempotencyLock lock;
  private final EngineTransactions engine;
  private final BulkProperties properties;
  private volatile boolean isSending;
  private final String workerId = "bulk-" + UUID.randomUUID();

  BulkSender(
      ExternalTaskService tasks,
      BulkStore store,
      BulkQueries queries,
      RowStarter starter,
      IdempotencyLock lock,
      EngineTransactions engine,
      BulkProperties properties) {
    super("signspace-bulk", properties.poll(), LOCK);
    this.tasks = tasks;
    this.store = store;
    this.queries = queries;
    this.starter = starter;
    this.lock = lock;
    this.engine = engine;
    this.properties = properties;
  }

  @Override
  protected boolean doNext() {
    try {
      isSending = isAnythingDue();
      if (!isSending || unsent() >= properties.maxUnsent()) {
        return false;
      }
      List<LockedExternalTask> due =
          tasks
              .fetchAndLock(1, workerId)
              .topic(BulkProcess.SEND_ROWS_TOPIC, LOCK.toMillis())
              .processDefinitionKey(BulkProcess.KEY)
              // by default the engine would load all documents of the list, too
              .variables(BulkProcess.ROWS_STARTED)
              .execute();
      due.forEach(this::send);
      return !due.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("Cannot fetch the next rows of a list from the engine; it will be retried", e);
      return false;
    }
  }

  @Override
  protected Duration interval() {
    return isSending ? SOON : super.interval();
  }

  /** If there is no list, which is nearly always the case, this is one query. */
  private boolean isAnythingDue() {
    return tasks
            .createExternalTaskQuery()
            .topicName(BulkProcess.SEND_ROWS_TOPIC)
            .notLocked()
            .withRetriesLeft()
            .count()
        > 0;
  }

  /** The requests on their way to SignSpace, of lists or not. */
  private long unsent() {
    return Stream.of(
            SigningProcess.Topic.UPLOAD_DOCUMENT, SigningProcess.Topic.CREATE_SIGNING_REQUEST)
        .mapToLong(
            topic -> tasks.createExternalTaskQuery().topicName(topic).withRetriesLeft().count())
        .sum();
  }

  private void send(LockedExternalTask task) {
    String bulk = task.getProcessInstanceId();
    try {
      engine.inTransaction(
          () -> {
            tasks.complete(task.getId(), workerId, sendPortion(bulk));
            return bulk;
          });
    } catch (RuntimeException e) {
      fail(task, e);
    }
  }

  private void fail(LockedExternalTask task, RuntimeException failure) {
    String bulk = task.getProcessInstanceId();
    boolean isGone = tasks.createExternalTaskQuery().externalTaskId(task.getId()).count() == 0;
    if (isGone) {
      LOG.info("[{}] The list was paused or cancelled; its next rows are not started", bulk);
      return;
    }
    int left = (task.getRetries() == null ? ATTEMPTS : task.getRetries()) - 1;
    LOG.error(
        "[{}] The next rows of the list cannot be started; {}",
        bulk,
        left > 0 ? "retrying in " + WAIT.toSeconds() + " s" : "it is an incident now",
        failure);
    tasks.handleFailure(
        task.getId(),
        workerId,
        "The next rows of the list cannot be started: %s. Nothing was sent twice; correct the cause and retry."
            .formatted(failure.getMessage()),
        Math.max(0, left),
        left > 0 ? WAIT.toMillis() : 0);
  }

  private Map<String, Object> sendPortion(String bulk) {
    int rows = store.rows(bulk);
    int started = store.rowsStarted(bulk);
    if (started < rows) {
      SealedRows part = store.part(bulk, started / SealedRows.SIZE + 1);
      int from = started % SealedRows.SIZE;
      List<SealedRow> portion =
          part.rows().subList(from, Math.min(from + properties.portion(), part.rows().size()));
      started += lock.whileHeld(LOCKED + part.list(), () -> starter.start(bulk, part, portion));
    }
    String next = started < rows ? "sending" : queries.unfinished(bulk) > 0 ? "waiting" : "done";
    return Map.of(BulkProcess.ROWS_STARTED, started, BulkProcess.PHASE, next);
  }
}
