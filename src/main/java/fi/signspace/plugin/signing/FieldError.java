package fi.signspace.plugin.signing;

import java.util.List;

/**
 * One thing that is wrong with the input.
 *
 * @param field the start variable, with the way into it, e.g. {@code participants[1].handle}
 * @param message what is wrong and what would be right, for a clerk
 */
public record FieldError(String field, String message) {

  /** A String variable holds no more. */
  private static final int MAX_TEXT = 4000;

  /** Enough for "… and n more" on a line of its own. */
  private static final int ROOM_FOR_REST = 30;

  /**
   * The problems as text for a clerk: a line each, at most 4000 characters; what does not fit is
   * counted.
   */
  public static String text(List<FieldError> problems) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < problems.size(); i++) {
      String line = (i == 0 ? "" : "\n") + problems.get(i).line();
      if (text.length() + line.length() + ROOM_FOR_REST > MAX_TEXT) {
        return text.append("\n… and ").append(problems.size() - i).append(" more").toString();
      }
      text.append(line);
    }
    return text.toString();
  }

  private String line() {
    return DisplayText.cut(field + ": " + message, MAX_TEXT / 4);
  }
}
