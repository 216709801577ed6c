package fi.signspace.plugin.sandbox;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the signed files: a PDF gets a page that says who signed; anything else, and a PDF that is
 * encrypted or broken, comes back byte for byte.
 */
final class SignedFiles implements Task.SignedCopies {

  private static final Logger LOG = LoggerFactory.getLogger(SignedFiles.class);

  private final FileStore files;

  SignedFiles(FileStore files) {
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
    } catch (IOException | RuntimeException e) { // PDFBox throws both at broken files
      LOG.info("No signature page for {}, the PDF cannot be extended: {}", file, e.toString());
      return file.content();
    }
  }
}
