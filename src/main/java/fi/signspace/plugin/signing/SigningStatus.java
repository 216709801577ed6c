package fi.signspace.plugin.signing;

import java.util.Locale;

/**
 * The status of a signing request as SignSpace reports it (guide, "tasks.list"; OVERDUE:
 * "due_date").
 */
public enum SigningStatus {
  OPEN,
  IN_PROGRESS,
  ON_HOLD,
  COMPLETE,
  CANCELLED,
  OVERDUE,
  /** Any value that the guide does not name: keep waiting and say so, never fail. */
  UNKNOWN;

  /** Reads a status in any letter case and with the one-l spelling of cancelled. */
  public static SigningStatus of(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "open" -> OPEN;
      case "in_progress" -> IN_PROGRESS;
      case "on_hold" -> ON_HOLD;
      case "complete" -> COMPLETE;
      case "cancelled", "canceled" -> CANCELLED;
      case "overdue" -> OVERDUE;
      default -> UNKNOWN;
    };
  }

  /** The value on the wire and in the variable {@code signingStatus}, e.g. {@code in_progress}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
