package fi.signspace.plugin.sandbox.file;

import fi.signspace.plugin.sandbox.task.Task;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the signed files: a PDF gets an additional page with the signatures; other files, and
 * encrypted or broken PDFs, are unchanged.
 */
public final class SignedFiles implements Task.SignedCopies {

  private static final Logger LOG = LoggerFactory.getLogger(SignedFiles.class);

  private final FileStore files;

  public SignedFiles(FileStore files) {
    this.files = files;
  }

  @Override
  public List<StoredFile> of(Task task) {
    return task.files().stream().map(file -> files.addCopy(file, signed(task, file))).toList();
  }

  private static byte[] signed(Task task, StoredFile file) {
    if (!file.isPdf()) {
      return file.content();
    }
    try {
      return SignaturePage.append(task, file);
    } catch (IOException | RuntimeException e) { // PDFBox throws both for broken files
      LOG.info("Cannot add a signature page to {}, returning it unchanged: {}", file, e.toString());
      return file.content();
    }
  }
}
