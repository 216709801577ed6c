package fi.signspace.plugin.encryption;

/** A state that was not sealed by one of our workers, or was changed since. */
public final class BrokenSealException extends RuntimeException {

  public BrokenSealException(String reason) {
    super(reason);
  }
}
