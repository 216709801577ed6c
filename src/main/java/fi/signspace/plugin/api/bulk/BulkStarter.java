package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.DocumentVariables;
import fi.signspace.plugin.api.EngineTransactions;
import fi.signspace.plugin.api.IdempotencyKey;
import fi.signspace.plugin.api.IdempotencyLock;
import fi.signspace.plugin.api.ProblemException;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.CellText;
import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.signing.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.http.HttpStatus;

/**
 * Starts the process of a list. An upload with the same content starts nothing new, and a corrected
 * list sends only the rows that have not been sent.
 */
final class BulkStarter {

  private static final int HASH_DIGITS = 32;

  private final RuntimeService runtime;
  private final HistoryService history;
  private final BulkRequests requests;
  private final BulkStore store;
  private final BulkAccess access;
  private final IdempotencyLock lock;
  private final DocumentVariables documents;
  private final ListSeal seal;
  private final EngineTransactions engine;

  BulkStarter(
      RuntimeService runtime,
      HistoryService history,
      BulkRequests requests,
      BulkStore store,
      BulkAccess access,
      IdempotencyLock lock,
      DocumentVariables documents,
      ListSeal seal,
      EngineTransactions engine) {
    this.runtime = runtime;
    this.history = history;
    this.requests = requests;
    this.store = store;
    this.access = access;
    this.lock = lock;
    this.documents = documents;
    this.seal = seal;
    this.engine = engine;
  }

  /**
   * @throws InvalidListException if rows look like rows that were already sent
   */
  BulkView.Accepted start(NewBulk bulk) {
    access.requireSend();
    if (!seal.isPresent()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "No seal",
          "Lists cannot be sent: an administrator has to set signspace.seal.secret on engine nodes.");
    }
    String upload = BulkProcess.UPLOAD + fingerprint(bulk);
    return engine.inTransaction(
        () -> lock.whileHeld(upload, () -> startUnlessStarted(bulk, upload)));
  }

  private BulkView.Accepted startUnlessStarted(NewBulk bulk, String upload) {
    Optional<String> running = running(upload);
    if (running.isPresent()) {
      String id = running.get();
      int rows = store.rows(id);
      return new BulkView.Accepted(id, rows, bulk.rows().size() - rows, bulk.omitted());
    }
    Optional<SealedRows> former = former(bulk, upload);
    List<SealedRow> missing = former.map(list -> missing(list, bulk.rows())).orElseGet(bulk::rows);
    String id = start(bulk, former.map(SealedRows::list), missing, upload);
    return new BulkView.Accepted(
        id, missing.size(), bulk.rows().size() - missing.size(), bulk.omitted());
  }

  /** The upload with the same content, unless it was cancelled. */
  private Optional<String> running(String upload) {
    return uploads(upload).stream()
        .filter(id -> !store.isCancelled(store.instance(id)))
        .findFirst();
  }

  private List<String> uploads(String upload) {
    return engine.withoutAuthorization(
        () ->
            history
                .createHistoricVariableInstanceQuery()
                .processDefinitionKey(BulkProcess.KEY)
                .variableName(upload)
                .list()
                .stream()
                .map(HistoricVariableInstance::getProcessInstanceId)
                .toList());
  }

  /** The list that this one corrects, or whose cancelled upload had the same content. */
  private Optional<SealedRows> former(NewBulk bulk, String upload) {
    if (bulk.list() == null) {
      return uploads(upload).stream().findFirst().map(id -> store.part(id, 1));
    }
    access.requireSee();
    String id = store.instance(bulk.list()).getId();
    SealedRows first = store.part(id, 1);
    if (!first.user().equals(engine.user())) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "Not permitted", "Another user has uploaded this list.");
    }
    return Optional.of(first);
  }

  private List<SealedRow> missing(SealedRows former, List<SealedRow> rows) {
    Set<String> sent = requests.keysOfList(former.list());
    Map<String, String> sentByForm =
        sent.stream()
            .collect(Collectors.toMap(CellText::formOfKey, key -> key, (some, other) -> some));
    List<SealedRow> missing = rows.stream().filter(row -> !sent.contains(row.key())).toList();
    List<ListError> errors = new ArrayList<>();
    for (SealedRow row : missing) {
      String similar = sentByForm.get(CellText.formOfKey(row.key()));
      if (similar != null) {
        errors.add(
            new ListError(
                row.number(),
                "businessKey",
                row.key(),
                "The row looks like one that was sent as %s; restore its key.".formatted(similar)));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidListException(errors);
    }
    if (missing.isEmpty()) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "Nothing to send", "Every row of the list has been sent.");
    }
    return missing;
  }

  /** The caller's permissions were checked; only this product may start the process itself. */
  private String start(NewBulk bulk, Optional<String> list, List<SealedRow> rows, String upload) {
    String user = engine.user();
    return engine.withoutAuthorization(
        () -> {
          String id =
              runtime
                  .createProcessInstanceByKey(BulkProcess.KEY)
                  .processDefinitionWithoutTenantId()
                  .setVariable(BulkProcess.ROWS, rows.size())
                  .setVariable(BulkProcess.ROWS_STARTED, 0)
                  .setVariable(upload, user)
                  .execute()
                  .getId();
          for (int i = 0; i * SealedRows.SIZE < rows.size(); i++) {
            SealedRows part =
                new SealedRows(
                    SealedRows.VERSION,
                    id,
                    list.orElse(id),
                    user,
                    i + 1,
                    bulk.delimiter(),
                    bulk.columns(),
                    bulk.sealedDocuments(),
                    rows.subList(
                        i * SealedRows.SIZE, Math.min((i + 1) * SealedRows.SIZE, rows.size())));
            runtime.setVariable(
                id, BulkProcess.PORTION + (i + 1), Variables.byteArrayValue(part.seal(seal)));
          }
          return documents.save(id, bulk.documents());
        });
  }

  private String fingerprint(NewBulk bulk) {
    List<Object> content = new ArrayList<>();
    content.add(engine.user());
    content.add(Optional.ofNullable(bulk.list()).orElse(""));
    content.add(bulk.sealedDocuments());
    bulk.rows().forEach(row -> content.add(row.cells()));
    return Sha256.of(IdempotencyKey.canonical(content)).substring(0, HASH_DIGITS);
  }
}
