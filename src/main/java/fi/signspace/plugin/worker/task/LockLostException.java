package fi.signspace.plugin.worker.task;

/**
 * The task is no longer locked by this worker: its lock has expired, or the process has moved on.
 * Nothing is reported.
 */
public final class LockLostException extends RuntimeException {

  public LockLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
