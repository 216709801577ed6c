package fi.signspace.plugin.signing;

import java.util.Locale;

/** What the status of a signing request means for the process that waits for it. */
public enum SigningPhase {
  /** Signatures are awaited. */
  AWAITING,
  /** Everybody has signed, and the signed documents are there. */
  SIGNED,
  /** Nobody can sign any more, unless the request is re-opened. */
  CANCELLED,
  /** A person has to decide how to go on. */
  PROBLEM;

  /** The value of the variable {@code signingPhase}, e.g. {@code awaiting}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
