package fi.signspace.plugin.bulk;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import fi.signspace.plugin.signing.text.TextRules;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rows as requests. */
final class RowReader {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
  private static final DateTimeFormatter DOTTED_DATE =
      DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final String ORDER = "participantsListOrderRespected";
  private static final Set<String> TEMPLATES = Set.of("title", "description");

  /** The limit of spreadsheet programs, for a cell and for what a template makes of it. */
  private static final int MAX_CELL = 32_767;

  private static final int MAX_ERRORS = 10_000;

  private final Columns columns;
  private final List<ListError> errors;
  private final Map<String, Integer> rowsByKey = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  RowReader(Columns columns, List<ListError> errors) {
    this.columns = columns;
    this.errors = errors;
  }

  /** The columns that titles and descriptions name. */
  Set<String> used() {
    return used;
  }

  /** A row of a list that is refused anyway, with very many errors, is not checked. */
  ListRow read(int number, List<String> texts) {
    if (errors.size() >= MAX_ERRORS) {
      errors.add(new ListError(number, "", "", "The list has too many errors to check this row."));
      return new ListRow(number, "", Map.of(), List.of(), Map.of(), List.of());
    }
    List<String> values = texts.stream().map(text -> fit(number, text)).toList();
    Map<String, String> cells = columns.cells(values);
    if (values.stream().skip(columns.names().size()).anyMatch(text -> !text.isEmpty())) {
      errors.add(
          new ListError(
              number,
              "",
              "",
              "The row has more cells than the header; a cell with a delimiter must be quoted."));
    }
    for (int i = 0; i < Math.min(values.size(), columns.names().size()); i++) {
      if (columns.names().get(i).isEmpty() && !values.get(i).isEmpty()) {
        errors.add(
            new ListError(number, "", values.get(i), "The column of this cell has no name."));
      }
    }
    cells.forEach((column, text) -> checkNoCode(number, column, text));
    String key = cells.getOrDefault(Columns.KEY, "");
    checkKey(number, key);
    Map<String, Object> request = new LinkedHashMap<>();
    for (String name : Columns.SCALARS) {
      String text = cells.getOrDefault(name, "");
      if (!text.isEmpty()) {
        request.put(name, value(number, name, text, cells));
      }
    }
    List<String> participants = participants(number, cells, request);
    Map<String, String> metadata = new LinkedHashMap<>();
    cells.forEach(
        (column, text) -> {
          if (column.startsWith(Columns.METADATA) && !text.isEmpty()) {
            metadata.put(column.substring(Columns.METADATA.length()), text);
          }
        });
    if (!metadata.isEmpty()) {
      request.put("metadata", metadata);
    }
    return new ListRow(number, key, request, documents(cells), cells, participants);
  }

  private String fit(int number, String text) {
    if (text.length() <= MAX_CELL) {
      return CellText.read(text);
    }
    errors.add(
        new ListError(
            number, "", "", "A cell has more than %s characters; shorten it.".formatted(MAX_CELL)));
    return "";
  }

  private void checkNoCode(int number, String column, String text) {
    if (!Columns.isNin(column) && PersonalIdentityCode.isIn(text)) {
      errors.add(
          new ListError(
              number,
              column,
              "",
              "The cell holds a personal identity code; codes belong, encrypted, into signer1Nin,"
                  + " signer2Nin …"));
    }
  }

  private void checkKey(int number, String key) {
    if (key.isEmpty()) {
      errors.add(new ListError(number, Columns.KEY, "", "The row has no key; give it one."));
      return;
    }
    TextRules.businessKeyProblem(key)
        .ifPresent(problem -> errors.add(new ListError(number, Columns.KEY, key, problem)));
    Integer first = rowsByKey.putIfAbsent(key, number);
    if (first != null) {
      errors.add(
          new ListError(
              number,
              Columns.KEY,
              key,
              "Row %s has the same key; every row needs one of its own.".formatted(first)));
    }
  }

  private String value(int number, String name, String text, Map<String, String> cells) {
    if (TEMPLATES.contains(name)) {
      return filled(number, name, text, cells);
    }
    return name.equals("dueDate") ? date(text) : text;
  }

  /** Any other text is left for the validation of requests, whose message shows it as it was. */
  private static String date(String text) {
    try {
      return LocalDate.parse(text, DOTTED_DATE).toString();
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  private String filled(int number, String name, String text, Map<String, String> cells) {
    AtomicInteger length = new AtomicInteger(text.length());
    String filled = filled(number, name, text, cells, length);
    if (length.get() > MAX_CELL) {
      errors.add(new ListError(number, name, text, "The filled text is too long; shorten it."));
      return text;
    }
    return filled;
  }

  /**
   * @param length of the result; what no longer fits is left out
   */
  private String filled(
      int number, String name, String text, Map<String, String> cells, AtomicInteger length) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String column = found.group(1);
              used.add(column);
              String value = cells.get(column);
              if (value == null) {
                errors.add(
                    new ListError(number, name, text, "There is no column %s.".formatted(column)));
              } else if (value.isEmpty()) {
                errors.add(
                    new ListError(
                        number, name, text, "The column %s is empty here.".formatted(column)));
              }
              boolean fits = value != null && length.addAndGet(value.length()) <= MAX_CELL;
              return Matcher.quoteReplacement(fits ? value : "");
            });
  }

  private List<String> participants(
      int number, Map<String, String> cells, Map<String, Object> request) {
    List<Map<String, Object>> participants = new ArrayList<>();
    List<String> from = new ArrayList<>();
    @Nullable String empty = null;
    boolean isOrdered = false;
    for (String column : columns.participants()) {
      String role = column.startsWith("signer") ? "signer" : "watcher";
      String handle = cells.getOrDefault(column, "");
      Map<String, Object> participant = new LinkedHashMap<>();
      put(participant, "displayName", cells.get(column + "Name"));
      put(participant, "position", cells.get(column + "Position"));
      put(participant, "nin", cells.get(column + "Nin"));
      if (handle.isEmpty()) {
        if (!participant.isEmpty()) {
          errors.add(
              new ListError(
                  number, column, "", "The address is missing; the row has details for it."));
        }
        empty = column;
        continue;
      }
      if (empty != null && empty.startsWith(role)) {
        errors.add(
            new ListError(
                number, empty, "", "It is empty, but %s is not; fill the gap.".formatted(column)));
      }
      isOrdered |= participant.containsKey("position");
      participant.put("handle", handle);
      participant.put("role", role);
      participants.add(participant);
      from.add(column);
    }
    request.put("participants", participants);
    if (isOrdered) {
      request.putIfAbsent(ORDER, "true");
    }
    return from;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      fields.put(name, text);
    }
  }

  /** An empty cell means all documents, so one with separators alone must not be taken for one. */
  private static List<String> documents(Map<String, String> cells) {
    String cell = cells.getOrDefault(Columns.DOCUMENT, "");
    List<String> names =
        Stream.of(cell.split("\\|", -1))
            .map(CellText::read)
            .filter(name -> !name.isEmpty())
            .toList();
    return names.isEmpty() && !cell.isEmpty() ? List.of(cell) : names;
  }
}
