package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyKey;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.signing.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final UnsentRows unsent;
  private final RepeatedRows repeated;
  private final BulkStore store;
  private final BulkAccess access;
  private final IdempotencyLock lock;
  private final DocumentVariables documents;
  private final ListSeal seal;
  private final EngineTransactions engine;

  BulkStarter(
      RuntimeService runtime,
      HistoryService history,
      UnsentRows unsent,
      RepeatedRows repeated,
      BulkStore store,
      BulkAccess access,
      IdempotencyLock lock,
      DocumentVariables documents,
      ListSeal seal,
      EngineTransactions engine) {
    this.runtime = runtime;
    this.history = history;
    this.unsent = unsent;
    this.repeated = repeated;
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
    if (!seal.isPresent()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "No seal",
          "Lists cannot be sent: an administrator has to set signspace.seal.secret on engine nodes.");
    }
    String fingerprint = fingerprint(bulk);
    if (bulk.approved() != null && !bulk.approved().equals(fingerprint)) {
      throw ProblemException.notPossible(
          "The list or a document is not the one that was previewed; preview it again.");
    }
    String upload = BulkProcess.UPLOAD + fingerprint;
    return engine.inTransaction(
        () -> lock.whileHeld(upload, () -> startUnlessStarted(bulk, upload)));
  }

  /**
   * What would be sent. Nothing is stored.
   *
   * @throws InvalidListException if rows look like rows that were already sent
   */
  BulkView.Preview preview(NewBulk bulk) {
    String fingerprint = fingerprint(bulk);
    List<SealedRow> missing =
        former(bulk, BulkProcess.UPLOAD + fingerprint)
            .map(list -> unsent.of(list.list(), bulk.rows()))
            .orElseGet(() -> unsent.ofNew(bulk));
    return BulkView.Preview.of(fingerprint, bulk, missing, repeated.warnings(bulk, missing));
  }

  private BulkView.Accepted startUnlessStarted(NewBulk bulk, String upload) {
    Optional<String> running = running(upload);
    if (running.isPresent()) {
      String id = running.get();
      int rows = store.rows(id);
      return new BulkView.Accepted(id, rows, bulk.rows().size() - rows, bulk.omitted());
    }
    Optional<SealedRows> former = former(bulk, upload);
    List<SealedRow> missing =
        former.map(list -> unsent.of(list.list(), bulk.rows())).orElseGet(() -> unsent.ofNew(bulk));
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
            List<SealedRow> some =
                rows.subList(i * SealedRows.SIZE, Math.min((i + 1) * SealedRows.SIZE, rows.size()));
            int number = i + 1;
            SealedCodes codes = SealedCodes.none(id, number);
            SealedRows part = SealedRows.of(id, list.orElse(id), user, number, bulk, some, codes);
            runtime.setVariable(
                id, BulkProcess.PORTION + number, Variables.byteArrayValue(part.seal(seal)));
            if (!codes.codes().isEmpty()) {
              runtime.setVariable(
                  id, BulkProcess.CODES + number, Variables.byteArrayValue(codes.seal(seal)));
            }
          }
          return documents.save(id, bulk.documents());
        });
  }

  private String fingerprint(NewBulk bulk) {
    List<Object> content = new ArrayList<>();
    content.add(engine.user());
    content.add(Optional.ofNullable(bulk.list()).orElse(""));
    content.add(bulk.repeatsKeys());
    content.add(bulk.sealedDocuments());
    bulk.rows().forEach(row -> content.add(row.cells()));
    return Sha256.of(IdempotencyKey.canonical(content)).substring(0, HASH_DIGITS);
  }
}
