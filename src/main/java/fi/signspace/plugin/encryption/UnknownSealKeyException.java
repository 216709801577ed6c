package fi.signspace.plugin.encryption;

/** A state that only another node can read. */
public final class UnknownSealKeyException extends RuntimeException {

  private final String keyId;

  UnknownSealKeyException(String reason, String keyId) {
    super(reason);
    this.keyId = keyId;
  }

  public String keyId() {
    return keyId;
  }
}
