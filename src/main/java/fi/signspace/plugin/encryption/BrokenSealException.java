package fi.signspace.plugin.encryption;

/** A state that no worker of ours has written, or that was changed since. */
public final class BrokenSealException extends RuntimeException {

  BrokenSealException(String reason) {
    super(reason);
  }
}
