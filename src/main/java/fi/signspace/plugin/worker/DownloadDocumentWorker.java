package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.UploadedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpace;
import java.util.List;

/**
 * Fetches the signed documents one by one. Each is kept in the process before the record that it is
 * there, and both before the next one is fetched.
 */
final class DownloadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final LockRenewal lock;
  private final LargeDocuments large;

  DownloadDocumentWorker(SignSpace signSpace, LockRenewal lock, LargeDocuments large) {
    this.signSpace = signSpace;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public Step step() {
    return Step.DOWNLOAD_DOCUMENT;
  }

  @Override
  public Pace pace() {
    return Pace.DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    List<String> fileIds = List.of(task.require(SigningVariables.SIGNED_FILE_IDS));
    List<UploadedDocument> uploaded =
        List.of(task.get(SigningVariables.UPLOADED_DOCUMENTS).orElse(new UploadedDocument[0]));
    Outputs record = new Outputs();
    for (int i = alreadyThere(task, fileIds); i < fileIds.size(); i++) {
      download(task, fileIds.get(i), i, uploaded);
      record = recordOf(fileIds.subList(0, i + 1));
      if (i < fileIds.size() - 1) {
        task.keep(record);
      }
    }
    return record;
  }

  private static Outputs recordOf(List<String> fileIds) {
    return new Outputs().put(SigningVariables.DOWNLOADED_FILE_IDS, fileIds.toArray(String[]::new));
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

  private void download(
      SigningTask task, String fileId, int index, List<UploadedDocument> uploaded) {
    long size = index < uploaded.size() ? uploaded.get(index).size() : Long.MAX_VALUE;
    lock.during(task, () -> large.carry(size, () -> carry(task, fileId, index, uploaded)));
  }

  private Document carry(
      SigningTask task, String fileId, int index, List<UploadedDocument> uploaded) {
    Document signed = signSpace.downloadDocument(fileId);
    List<String> names = uploaded.stream().map(UploadedDocument::fileName).toList();
    Document named =
        new Document(
            originalName(signed.name(), names, index), signed.mimeType(), signed.content());
    task.keepFile(variableName(task, index), named);
    return named;
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
