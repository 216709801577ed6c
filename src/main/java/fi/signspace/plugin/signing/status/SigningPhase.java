package fi.signspace.plugin.signing.status;

import java.util.Locale;

/** The phase of a signing request, derived from its status. */
public enum SigningPhase {
  /** Signatures are awaited. */
  AWAITING,
  /** All signers have signed, and the signed documents are available. */
  SIGNED,
  /** The request cannot be signed unless it is re-opened. */
  CANCELLED,
  /** A person has to decide how to continue. */
  PROBLEM;

  /** The value of the variable {@code signingPhase}, e.g. {@code awaiting}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
