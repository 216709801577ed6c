package fi.signspace.plugin.api.delivery;

/** A message has not been delivered; the text says why, without personal data. */
public final class UndeliveredException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How the delivery continues after a failure. */
  public enum Kind {
    /** The receiver accepts nothing at present. */
    UNAVAILABLE,
    /** The receiver does not accept this message at present. */
    REFUSED,
    /** This message will never be accepted. */
    HOPELESS
  }

  private final Kind kind;

  public UndeliveredException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
