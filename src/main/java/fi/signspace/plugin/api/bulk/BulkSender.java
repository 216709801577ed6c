package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.EngineTransactions;
import fi.signspace.plugin.api.IdempotencyLock;
import fi.signspace.plugin.api.NewDocument;
import fi.signspace.plugin.api.StartVariables;
import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.environment.PollingLoop;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.signing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the requests of lists, a portion at a time. Starting the requests of a portion and noting
 * that they are started is one transaction: whatever ends a node, and whichever node goes on, each
 * row is started once. All engine nodes send; the engine locks each list for one of them.
 */
final class BulkSender extends PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(BulkSender.class);

  /** A list whose node was killed waits that long; a portion takes about a second. */
  private static final Duration LOCK = Duration.ofSeconds(30);

  /** Followed by the id of a list: the lock of its portions. */
  private static final String LOCKED = "bulkList_";

  private static final int ATTEMPTS = 3;
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final ExternalTaskService tasks;
  private final RuntimeService runtime;
  private final IdentityService identity;
  private final BulkStore store;
  private final BulkQueries queries;
  private final BulkRequests requests;
  private final IdempotencyLock lock;
  private final EngineTransactions engine;
  private final BulkProperties properties;
  private final String workerId = "bulk-" + UUID.randomUUID();

  BulkSender(
      ExternalTaskService tasks,
      RuntimeService runtime,
      IdentityService identity,
      BulkStore store,
      BulkQueries queries,
      BulkRequests requests,
      IdempotencyLock lock,
      EngineTransactions engine,
      BulkProperties properties) {
    super("signspace-bulk", properties.poll(), LOCK);
    this.tasks = tasks;
    this.runtime = runtime;
    this.identity = identity;
    this.store = store;
    this.queries = queries;
    this.requests = requests;
    this.lock = lock;
    this.engine = engine;
    this.properties = properties;
  }

  @Override
  protected boolean doNext() {
    try {
      if (!isAnythingDue() || unsent() >= properties.maxUnsent()) {
        return false;
      }
      List<LockedExternalTask> due =
          tasks
              .fetchAndLock(1, workerId)
              .topic(BulkProcess.SEND_ROWS_TOPIC, LOCK.toMillis())
              .processDefinitionKey(BulkProcess.KEY)
              .execute();
      due.forEach(this::send);
      return !due.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("Cannot fetch the next rows of a list from the engine; it will be retried", e);
      return false;
    }
  }

  /** One query where there is no list, which is nearly always. */
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
        left > 0 ? "retrying in " + WAIT.toSeconds() + " s" : "an incident waits for an admin",
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
      started += lock.whileHeld(LOCKED + part.list(), () -> start(bulk, part, portion));
    }
    String next = started < rows ? "sending" : queries.unfinished(bulk) > 0 ? "waiting" : "done";
    return Map.of(BulkProcess.ROWS_STARTED, started, BulkProcess.PHASE, next);
  }

  /**
   * Starts the rows that no upload of the list has started. Another node may be sending a
   * correction of the same list, with the same rows.
   */
  private int start(String bulk, SealedRows part, List<SealedRow> portion) {
    Set<String> known =
        requests.startedOfList(part.list(), portion.stream().map(SealedRow::key).toList());
    List<Integer> places = List.of();
    List<FileValue> files = List.of();
    for (SealedRow row : portion) {
      if (known.contains(row.key())) {
        continue;
      }
      if (!row.documents().equals(places)) {
        places = row.documents();
        files = places.stream().map(place -> file(bulk, part.documents().get(place))).toList();
      }
      String id = startAs(part.user(), row);
      runtime.setVariable(id, BulkProcess.LIST, part.list());
      runtime.setVariable(id, BulkProcess.ROW + bulk, row.key());
      for (int i = 0; i < files.size(); i++) {
        runtime.setVariable(id, NewDocument.PREFIX + (i + 1), files.get(i));
      }
    }
    return portion.size();
  }

  /** The user's permissions apply, as they are now. */
  private String startAs(String user, SealedRow row) {
    identity.setAuthentication(
        user,
        identity.createGroupQuery().groupMember(user).list().stream().map(Group::getId).toList());
    try {
      return runtime
          .createProcessInstanceByKey(SigningProcess.KEY)
          .processDefinitionWithoutTenantId()
          .businessKey(row.key())
          .setVariables(StartVariables.of(row.variables()))
          .execute()
          .getId();
    } finally {
      identity.clearAuthentication();
    }
  }

  /** Loads a document and compares it with the one that was uploaded with the list. */
  private FileValue file(String bulk, SealedDocument sealed) {
    FileValue file = Objects.requireNonNull(runtime.getVariableTyped(bulk, sealed.variable()));
    try (InputStream content = file.getValue()) {
      if (!Sha256.of(content).equals(sealed.sha256())
          || !sealed.fileName().equals(file.getFilename())) {
        throw new BrokenSealException("the document " + sealed.variable() + " was exchanged");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
