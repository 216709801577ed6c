package fi.signspace.plugin.worker.state;

/**
 * Decides when a step with many documents saves its progress: before much work could be lost, but
 * rarely enough that the saved data does not grow with the square of the number of documents.
 */
public final class DocumentCheckpoints {

  private static final long MAX_UNSAVED_BYTES = 10L << 20;

  private int saved;
  private int done;
  private long unsavedBytes;

  /** Records one more document. */
  public void done(long bytes) {
    done++;
    unsavedBytes += bytes;
  }

  /** Whether to save now: the first document, each doubling, and every 10 MB. */
  public boolean isDue() {
    boolean isDue = done >= 2 * saved || unsavedBytes >= MAX_UNSAVED_BYTES;
    if (isDue) {
      saved = done;
      unsavedBytes = 0;
    }
    return isDue;
  }
}
