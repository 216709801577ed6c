package fi.signspace.plugin.worker.task;

/**
 * The task is no longer ours: its lock ran out, or the process has moved on. Nothing is to be
 * reported.
 */
public final class LockLostException extends RuntimeException {

  public LockLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
