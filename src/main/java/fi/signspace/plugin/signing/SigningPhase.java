package fi.signspace.plugin.signing;

public enum SigningPhase {
  AWAITING,
  SIGNED,
  CANCELLED,
  PROBLEM;

  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
