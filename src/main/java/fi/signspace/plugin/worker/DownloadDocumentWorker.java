package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.UploadedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpace;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fetches the signed documents one by one. Each is kept in the process, together with the record
 * that it is there, before the next one is fetched.
 */
final class DownloadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final LockRenewal lock;

  DownloadDocumentWorker(SignSpace signSpace, LockRenewal lock) {
    this.signSpace = signSpace;
    this.lock = lock;
  }

  @Override
  public Step step() {
    return Step.DOWNLOAD_DOCUMENT;
  }

  @Override
  public boolean carriesDocuments() {
    return true;
  }

  @Override
  public Outputs work(SigningTask task) {
    List<String> fileIds = List.of(task.require(SigningVariables.SIGNED_FILE_IDS));
    List<String> names =
        Stream.of(task.get(SigningVariables.UPLOADED_DOCUMENTS).orElse(new UploadedDocument[0]))
            .map(UploadedDocument::fileName)
            .toList();
    Outputs outputs = new Outputs();
    for (int i = alreadyThere(task, fileIds); i < fileIds.size(); i++) {
      outputs = download(task, fileIds, i, names);
      if (i < fileIds.size() - 1) {
        task.keep(outputs);
      }
    }
    return outputs;
  }

  /** How many of the files, from the first on, the process holds. */
  private static int alreadyThere(SigningTask task, List<String> fileIds) {
    List<String> there =
        List.of(task.get(SigningVariables.DOWNLOADED_FILE_IDS).orElse(new String[0]));
    int count = 0;
    while (count < Math.min(there.size(), fileIds.size())
        && there.get(count).equals(fileIds.get(count))) {
      count++;
    }
    return count;
  }

  private Outputs download(SigningTask task, List<String> fileIds, int index, List<String> names) {
    Document signed = lock.during(task, () -> signSpace.downloadDocument(fileIds.get(index)));
    Document named =
        new Document(
            originalName(signed.name(), names, index), signed.mimeType(), signed.content());
    return new Outputs()
        .putFile(variableName(task, index), named)
        .put(
            SigningVariables.DOWNLOADED_FILE_IDS,
            fileIds.subList(0, index + 1).toArray(String[]::new));
  }

  private static String variableName(SigningTask task, int index) {
    String name =
        task.get(SigningVariables.SIGNED_DOCUMENT_NAME)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElse(SigningVariables.SIGNED_DOCUMENT);
    return name + (index + 1);
  }

  /**
   * The name under which the document was sent. SignSpace does not promise that the signed files
   * come in the order of the files, so a name that it gives wins over the place in the list if it
   * is one of ours.
   */
  private static String originalName(String given, List<String> names, int index) {
    if (names.contains(given)) {
      return given;
    }
    if (index < names.size()) {
      return names.get(index);
    }
    return given.isBlank() ? "signed-document-" + (index + 1) : given;
  }
}
