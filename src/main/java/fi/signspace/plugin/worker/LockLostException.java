package fi.signspace.plugin.worker;

/**
 * The task is no longer ours: its lock ran out, or the process has moved on. Nothing is to be
 * reported.
 */
final class LockLostException extends RuntimeException {

  LockLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
