package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.StartVariables;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.signing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.variable.value.FileValue;

/** Starts rows as requests, with their documents and identity codes. */
final class RowStarter {

  private final RuntimeService runtime;
  private final IdentityService identity;
  private final BulkStore store;
  private final BulkRequests requests;

  RowStarter(
      RuntimeService runtime, IdentityService identity, BulkStore store, BulkRequests requests) {
    this.runtime = runtime;
    this.identity = identity;
    this.store = store;
    this.requests = requests;
  }

  /**
   * Starts the rows that no upload of the list has started. Another node may be sending a
   * correction of the same list, with the same rows.
   *
   * @return how many rows are started now
   */
  int start(String bulk, SealedRows part, List<SealedRow> portion) {
    SealedCodes codes = store.codes(bulk, part.number());
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
      String id = startAs(part.user(), row, codes);
      runtime.setVariable(id, BulkProcess.LIST, part.list());
      runtime.setVariable(id, BulkProcess.ROW + bulk, row.key());
      for (int i = 0; i < files.size(); i++) {
        runtime.setVariable(id, NewDocument.PREFIX + (i + 1), files.get(i));
      }
    }
    SealedRow last = part.rows().get(part.rows().size() - 1);
    if (!codes.codes().isEmpty() && portion.contains(last)) {
      runtime.removeVariable(bulk, BulkProcess.CODES + part.number());
    }
    return portion.size();
  }

  /** The user's permissions apply, as they are now. */
  private String startAs(String user, SealedRow row, SealedCodes codes) {
    identity.setAuthentication(
        user,
        identity.createGroupQuery().groupMember(user).list().stream().map(Group::getId).toList());
    try {
      return runtime
          .createProcessInstanceByKey(SigningProcess.KEY)
          .processDefinitionWithoutTenantId()
          .businessKey(row.key())
          .setVariables(StartVariables.of(codes.variables(row)))
          .execute()
          .getId();
    } finally {
      identity.clearAuthentication();
    }
  }

  /** Loads a document and compares it with the one that was uploaded with the list. */
  private FileValue file(String bulk, SealedDocument sealed) {
    FileValue file = store.document(bulk, sealed.variable());
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
