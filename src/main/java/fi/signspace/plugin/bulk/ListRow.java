package fi.signspace.plugin.bulk;

import fi.signspace.plugin.signing.input.FieldError;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of a list as a request.
 *
 * @param number as the clerk sees it
 * @param key the business key
 * @param values the start variables, not yet validated
 * @param documents the names of its documents; empty for all documents of the upload
 * @param cells by column
 * @param participants the column of each participant, in their order
 */
public record ListRow(
    int number,
    String key,
    Map<String, Object> values,
    List<String> documents,
    Map<String, String> cells,
    List<String> participants) {

  private static final Pattern PARTICIPANT =
      Pattern.compile("participants\\[([0-9]+)](?:\\.(.*))?");

  private static final Map<String, String> SUFFIXES =
      Map.of("displayName", "Name", "position", "Position", "nin", "Nin");

  /** Returns an error of the request as an error of the cell it comes from. */
  public ListError error(FieldError problem) {
    return error(column(problem.field()), problem.message());
  }

  public ListError error(String column, String detail) {
    return new ListError(number, column, cells.getOrDefault(column, ""), detail);
  }

  private String column(String field) {
    Matcher participant = PARTICIPANT.matcher(field);
    if (participant.matches() && Integer.parseInt(participant.group(1)) < participants.size()) {
      return participants.get(Integer.parseInt(participant.group(1)))
          + SUFFIXES.getOrDefault(String.valueOf(participant.group(2)), "");
    }
    return field.startsWith("participants") ? "signer1" : field;
  }

  @Override
  public String toString() {
    return "ListRow[" + number + "]";
  }
}
