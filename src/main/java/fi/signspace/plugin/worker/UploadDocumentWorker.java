package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.UploadedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.DocumentFacts;
import fi.signspace.plugin.signing.SignSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Uploads every document that SignSpace does not have yet, one after the other. Each file id is
 * kept in the process before the next upload starts, so a retry goes on where the last attempt
 * ended. Nothing is uploaded before everything has been checked.
 */
final class UploadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final RequestInput input;
  private final RequestActions actions;
  private final LockRenewal lock;
  private final LargeDocuments large;

  UploadDocumentWorker(
      SignSpace signSpace,
      RequestInput input,
      RequestActions actions,
      LockRenewal lock,
      LargeDocuments large) {
    this.signSpace = signSpace;
    this.input = input;
    this.actions = actions;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public Step step() {
    return Step.UPLOAD_DOCUMENT;
  }

  /** All of them: which variables are documents is known by their names only. */
  @Override
  public Set<String> fetched() {
    return Set.of();
  }

  @Override
  public Pace pace() {
    return Pace.DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    List<TaskDocument> documents = DocumentChoice.of(task);
    check(task, documents);
    List<UploadedDocument> uploaded = new ArrayList<>();
    for (TaskDocument document : documents) {
      int importance = documents.size() - uploaded.size();
      uploaded.add(upload(task, document, importance));
      if (uploaded.size() < documents.size()) {
        task.keep(
            new Outputs().put(SigningVariables.UPLOADED_DOCUMENTS, withEarlier(task, uploaded)));
      }
    }
    return new Outputs()
        .put(SigningVariables.UPLOADED_DOCUMENTS, uploaded.toArray(UploadedDocument[]::new))
        .put(
            SigningVariables.FILE_IDS,
            uploaded.stream().map(UploadedDocument::fileId).toArray(String[]::new))
        .put(SigningVariables.PROBLEM, "");
  }

  private void check(SigningTask task, List<TaskDocument> documents) {
    List<DocumentFacts> facts = documents.stream().map(TaskDocument::facts).toList();
    boolean requestIsNew = task.get(SigningVariables.SIGNING_REQUEST_ID).isEmpty();
    if (requestIsNew && task.get(SigningVariables.WHOLE_REQUEST).orElse(false)) {
      input.check(task, facts);
    } else {
      input.checkDocuments(facts);
    }
  }

  private UploadedDocument upload(SigningTask task, TaskDocument document, int importance) {
    return lock.during(
        task,
        () -> large.carry(document.size(), () -> uploadUnlessThere(task, document, importance)));
  }

  private UploadedDocument uploadUnlessThere(
      SigningTask task, TaskDocument document, int importance) {
    Document content = document.load();
    String sha256 = Sha256.of(content.content());
    Optional<UploadedDocument> earlier =
        earlier(task).stream().filter(e -> isSame(e, document, sha256)).findFirst();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String fileId = signSpace.uploadDocument(actions.actingHandle(task), content, importance);
    return new UploadedDocument(
        document.variableName(),
        document.fileName(),
        content.content().length,
        sha256,
        fileId,
        task.id());
  }

  private static boolean isSame(UploadedDocument earlier, TaskDocument document, String sha256) {
    return earlier.variableName().equals(document.variableName())
        && earlier.fileName().equals(document.fileName())
        && earlier.sha256().equals(sha256);
  }

  /**
   * What SignSpace has for this step. Where results are mapped, a process may make several
   * requests, and no file may be in two of them: an earlier upload counts only if this very task
   * made it.
   */
  private static List<UploadedDocument> earlier(SigningTask task) {
    return Stream.of(task.get(SigningVariables.UPLOADED_DOCUMENTS).orElse(new UploadedDocument[0]))
        .filter(document -> !task.mapsResults() || task.id().equals(document.taskId()))
        .toList();
  }

  /** What has been uploaded now, and what had been before and may still be needed by a retry. */
  private static UploadedDocument[] withEarlier(SigningTask task, List<UploadedDocument> uploaded) {
    List<UploadedDocument> all = new ArrayList<>(uploaded);
    earlier(task).stream().filter(e -> !uploaded.contains(e)).forEach(all::add);
    return all.toArray(UploadedDocument[]::new);
  }
}
