package fi.signspace.plugin.signing;

import java.util.Locale;

/**
 * The status of a signing request as reported by SignSpace (guide, "tasks.list"; OVERDUE:
 * "due_date").
 */
public enum SigningStatus {
  OPEN,
  IN_PROGRESS,
  ON_HOLD,
  COMPLETE,
  CANCELLED,
  OVERDUE,
  /** Any value that is not in the guide: the process keeps waiting and shows it. */
  UNKNOWN;

  /** Parses a status, ignoring case and accepting the spelling "canceled". */
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

  /**
   * Returns the value in the API and in the variable {@code signingStatus}, e.g. {@code
   * in_progress}.
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
