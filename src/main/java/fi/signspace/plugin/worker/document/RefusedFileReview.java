package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.document.DocumentDownload.RejectedFileException;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.status.CheckStatusWorker.RefusedFiles;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.SigningTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads the files of a request without saving them, as long as one of them is refused. */
public final class RefusedFileReview implements RefusedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedFileReview.class);

  private final SignSpace signSpace;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;

  public RefusedFileReview(SignSpace signSpace, LockRenewal lock, LargeDocumentLimiter large) {
    this.signSpace = signSpace;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public SigningState lookAgain(SigningTask task, SigningState state, RequestState reported) {
    if (reported.status() != SigningStatus.COMPLETE) {
      return state;
    }
    SigningState withoutRefused = state.withoutRefusedFiles();
    Target target = new Target(SignedDocumentNames.of(task));
    try {
      new DocumentDownload(
              signSpace, lock, large, task, target, withoutRefused, reported.signedFileIds())
          .downloadAll();
      LOG.info("SignSpace now has every signed document of the request {}", reported.id());
      return withoutRefused;
    } catch (RejectedFileException e) {
      return e.recordedIn(withoutRefused);
    } catch (SignSpaceException e) {
      LOG.info(
          "Refused files of the request {} cannot be downloaded again: {}",
          reported.id(),
          e.logMessage());
      return state;
    }
  }

  private record Target(SignedDocumentNames names) implements DocumentDownload.Target {

    @Override
    public void save(SigningState state, String variable, Document document) {}

    @Override
    public void saveState(SigningState state) {}
  }
}
