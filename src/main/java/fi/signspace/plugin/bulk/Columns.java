package fi.signspace.plugin.bulk;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header of a list. A misspelled column would mean a contract with a signer fewer, so a name
 * that resembles a known one is refused, and so is a column that is not used.
 */
public final class Columns {

  static final String KEY = "businessKey";
  static final String DOCUMENT = "document";
  static final String METADATA = "metadata.";

  /** Columns of a result, which the same list may have when it is uploaded again. */
  static final String RESULT = "result.";

  static final List<String> SCALARS =
      SigningVariables.START.stream()
          .filter(name -> !SigningVariables.START_AS_JSON.contains(name))
          .toList();

  private static final Pattern PARTICIPANT =
      Pattern.compile("(signer|watcher)([1-9][0-9]?)(Name|Position|Nin)?");

  private static final List<String> KNOWN =
      Stream.of(
              Stream.of(KEY, DOCUMENT),
              SCALARS.stream(),
              Stream.of("signer", "watcher")
                  .flatMap(role -> Stream.of("#", "#Name", "#Position", "#Nin").map(role::concat)))
          .flatMap(names -> names)
          .toList();

  /** The shortest names for which one and two wrong characters are a misspelling. */
  private static final int ONE_WRONG = 4;

  private static final int TWO_WRONG = 6;

  private static final int MAX_COLUMNS = 1_000;
  private static final int MAX_NAME = 255;

  private final int row;
  private final boolean areTooMany;
  private final List<String> names;
  private final Set<String> ignored;

  Columns(int row, List<String> headers, Set<String> ignored) {
    this.row = row;
    this.areTooMany = headers.size() > MAX_COLUMNS;
    this.names = headers.stream().limit(MAX_COLUMNS).map(Columns::name).toList();
    this.ignored = ignored;
  }

  private static String name(String header) {
    String name =
        CellText.trimmed(
            header, c -> CellText.isBlank(c) || Character.getType(c) == Character.FORMAT);
    return name.length() > MAX_NAME ? name.substring(0, MAX_NAME + 1) : name;
  }

  List<String> names() {
    return names;
  }

  static boolean isKnown(String name) {
    return KEY.equals(name)
        || DOCUMENT.equals(name)
        || SCALARS.contains(name)
        || PARTICIPANT.matcher(name).matches()
        || (name.startsWith(METADATA) && name.length() > METADATA.length());
  }

  /** Whether this is the column of a personal identity code. */
  public static boolean isNin(String name) {
    Matcher participant = PARTICIPANT.matcher(name);
    return participant.matches() && "Nin".equals(participant.group(3));
  }

  /** The columns of addresses: signers before watchers, each in the order of their numbers. */
  List<String> participants() {
    List<String> found = new ArrayList<>();
    for (String role : List.of("signer", "watcher")) {
      for (int number = 1; names.contains(role + number); number++) {
        found.add(role + number);
      }
    }
    return found;
  }

  /**
   * @param used the columns that titles and descriptions name in braces
   */
  List<ListError> errors(Set<String> used) {
    List<ListError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (PersonalIdentityCode.isIn(name)) {
        errors.add(
            error(
                "",
                "The header holds a personal identity code; codes belong, encrypted, into"
                    + " signer1Nin, signer2Nin …"));
        continue;
      }
      if (!name.isEmpty() && !seen.add(name)) {
        errors.add(error(name, "There are two columns of this name; remove one."));
      }
      problem(name, used).ifPresent(detail -> errors.add(error(name, detail)));
    }
    if (areTooMany) {
      errors.add(error("", "There are more than %s columns.".formatted(MAX_COLUMNS)));
    }
    if (!names.contains(KEY)) {
      errors.add(
          error(
              KEY,
              "The column businessKey is missing; it gives each row a key of its own. The first"
                  + " row must hold the names of the columns."));
    }
    return errors;
  }

  private ListError error(String column, String detail) {
    return new ListError(row, column, column, detail);
  }

  private Optional<String> problem(String name, Set<String> used) {
    if (name.length() > MAX_NAME) {
      return Optional.of("The name has more than %s characters.".formatted(MAX_NAME));
    }
    Matcher participant = PARTICIPANT.matcher(name);
    if (participant.matches()) {
      return participantProblem(
          participant.group(1), Integer.parseInt(participant.group(2)), participant.group(3));
    }
    if (name.isEmpty() || isKnown(name) || name.startsWith(RESULT) || ignored.contains(name)) {
      return Optional.empty();
    }
    Optional<String> similar = similar(name);
    if (similar.isPresent()) {
      return Optional.of(
          "This column is unknown; write %s, or give it a name that does not resemble one of ours."
              .formatted(similar.get()));
    }
    return used.contains(name)
        ? Optional.empty()
        : Optional.of(
            "This column is unknown, and neither title nor description uses it as {%s}; remove it,"
                    .formatted(ListError.shown(name))
                + " use it, or name it in ignoredColumns.");
  }

  private Optional<String> participantProblem(String role, int number, String detail) {
    if (detail != null && !names.contains(role + number)) {
      return Optional.of("There is no column %s%s for its address.".formatted(role, number));
    }
    return number > 1 && !names.contains(role + (number - 1))
        ? Optional.of("There is no column %s%s before it.".formatted(role, number - 1))
        : Optional.empty();
  }

  private static Optional<String> similar(String name) {
    String folded = folded(name);
    String number = name.replaceAll("[^0-9]", "");
    if (folded.startsWith("metadata") && !folded.equals("metadatatemplate")) {
      return Optional.of(METADATA + "<id>");
    }
    return KNOWN.stream()
        .filter(known -> isSimilar(folded, folded(known)))
        .findFirst()
        .map(known -> known.replace("#", number.isEmpty() ? "1" : number));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[0-9]+", "#").replaceAll("[^\\p{L}#]", "");
  }

  private static boolean isSimilar(String some, String other) {
    int shorter = Math.min(some.length(), other.length());
    int allowed = shorter >= TWO_WRONG ? 2 : shorter >= ONE_WRONG ? 1 : 0;
    return distance(some, other) <= allowed;
  }

  /** The number of characters that are wrong, missing, too many, or swapped with the next. */
  private static int distance(String some, String other) {
    int[][] rows = new int[some.length() + 1][other.length() + 1];
    for (int i = 0; i <= some.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int replaced = rows[i - 1][j - 1] + (some.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean isSwapped =
            i > 1
                && j > 1
                && some.charAt(i - 1) == other.charAt(j - 2)
                && some.charAt(i - 2) == other.charAt(j - 1);
        if (isSwapped) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[some.length()][other.length()];
  }

  /** Returns the cells by column, without those that are not used. */
  Map<String, String> cells(List<String> values) {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < Math.min(values.size(), names.size()); i++) {
      if (!names.get(i).isEmpty()
          && !names.get(i).startsWith(RESULT)
          && !ignored.contains(names.get(i))) {
        cells.put(names.get(i), values.get(i));
      }
    }
    return cells;
  }
}
