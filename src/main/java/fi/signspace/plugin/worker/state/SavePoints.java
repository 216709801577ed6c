package fi.signspace.plugin.worker.state;

/**
 * When a step that carries many documents saves what it has done: before the loss of it would cost
 * much, and so seldom that the size of what is saved does not grow with the square of their number.
 */
public final class SavePoints {

  private static final long WORTH_SAVING = 10L << 20;

  private int saved;
  private int done;
  private long unsavedBytes;

  /** One more document is done. */
  public void done(long bytes) {
    done++;
    unsavedBytes += bytes;
  }

  /** Whether to save now: the first document, each doubling, and every 10 MB. */
  public boolean isDue() {
    boolean isDue = done >= 2 * saved || unsavedBytes >= WORTH_SAVING;
    if (isDue) {
      saved = done;
      unsavedBytes = 0;
    }
    return isDue;
  }
}
