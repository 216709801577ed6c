package fi.signspace.plugin.worker.task;

/** What was given for the request is wrong; the message tells a case worker, field by field. */
public final class InputRejectedException extends RuntimeException {

  public InputRejectedException(String problem) {
    super(problem);
  }
}
