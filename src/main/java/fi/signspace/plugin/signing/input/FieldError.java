package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.DisplayText;
import java.util.List;

/**
 * One problem of the input.
 *
 * @param field the path of the field, starting with the start variable, e.g. {@code
 *     participants[1].handle}
 * @param message the problem and its correction, for a case worker
 */
public record FieldError(String field, String message) {

  /** The maximum length of a String variable. */
  private static final int MAX_TEXT = 4000;

  /** Space reserved for the line "… and n more". */
  private static final int ROOM_FOR_REST = 30;

  /**
   * Returns the problems as text for a case worker: one line each, at most 4000 characters; further
   * problems are counted.
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
    return DisplayText.truncate(field + ": " + message, MAX_TEXT / 4);
  }
}
