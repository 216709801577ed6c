package fi.signspace.plugin.worker.task;

/** Invalid input; the message describes it field by field for a case worker. */
public final class InputRejectedException extends RuntimeException {

  public InputRejectedException(String problem) {
    super(problem);
  }
}
