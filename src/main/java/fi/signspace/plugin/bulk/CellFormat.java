package fi.signspace.plugin.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * The number format of a cell, which may show something else than its value.
 *
 * @param sections for positive numbers, negative ones, zero and text, in lower case and without
 *     colours; with {@code ?} for what is shown in addition to the value
 */
record CellFormat(List<String> sections) {

  private static final String GENERAL = "general";
  private static final String ANOTHER = "?";

  /** For numbers, in this order; then for text. */
  private static final int MAX_SECTIONS = 4;

  /** Formats that have an id instead of a text. */
  private static final Map<Integer, String> KNOWN =
      Map.of(0, GENERAL, 14, "m/d/yy", 15, "d-mmm-yy", 22, "m/d/yy h:mm", 49, "@");

  /** A text, an escaped or repeated character, the space of a character, or what is in brackets. */
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|\\\\.|\\*.|_.|\\[[^\\]]*]|;|.", Pattern.DOTALL);

  private static final Pattern COLOUR_OR_LANGUAGE =
      Pattern.compile(
          "\\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\\d+|\\$-[^\\]]*)]");

  /** Between the parts of a date. */
  private static final Pattern SEPARATORS = Pattern.compile("[-./:, t]*");

  private static final Pattern DATE = Pattern.compile("[dmyhs0:/.,\\- t]+(?:am/pm)?");

  static CellFormat of(Cell cell) {
    return of(cell.getDataFormatId(), cell.getDataFormatString());
  }

  /**
   * @param style the index of a style of cells
   */
  static CellFormat ofStyle(ReadableWorkbook workbook, int style) {
    String id = workbook.getFormats().get(style);
    return of(Integer.valueOf(id), workbook.getNumFmtIdToFormat().get(id));
  }

  private static CellFormat of(@Nullable Integer id, @Nullable String format) {
    return format == null
        ? new CellFormat(List.of(id == null ? GENERAL : KNOWN.getOrDefault(id, ANOTHER)))
        : parsed(format);
  }

  private static CellFormat parsed(String format) {
    List<String> sections = new ArrayList<>();
    StringBuilder section = new StringBuilder();
    Matcher token = TOKEN.matcher(format.toLowerCase(Locale.ROOT));
    while (token.find()) {
      if (token.group().equals(";")) {
        sections.add(section.toString().strip());
        section.setLength(0);
      } else {
        section.append(code(token.group()));
      }
    }
    sections.add(section.toString().strip());
    return new CellFormat(List.copyOf(sections));
  }

  private static String code(String token) {
    char first = token.charAt(0);
    if (token.length() == 1) {
      return token;
    }
    return switch (first) {
      case '_' -> " ";
      case '[' -> COLOUR_OR_LANGUAGE.matcher(token).matches() ? "" : ANOTHER;
      case '"' -> separators(token.substring(1, token.length() - 1));
      case '\\' -> separators(token.substring(1));
      default -> ANOTHER;
    };
  }

  private static String separators(String text) {
    return SEPARATORS.matcher(text).matches() ? text : ANOTHER;
  }

  /**
   * What numbers of this sign are shown with, apart from the sign; {@code ?} if that is not simply
   * the number.
   *
   * @param sign negative, zero or positive
   */
  String codeFor(int sign) {
    String positive = sections.get(0);
    if (sections.size() > MAX_SECTIONS) {
      return ANOTHER;
    }
    String own = section(sign < 0 ? 1 : sign == 0 ? 2 : 0);
    boolean isSame = own == null || own.equals(sign < 0 ? "-" + positive : positive);
    return isSame ? positive : ANOTHER;
  }

  /** The last section is for text if it is {@code @}, as in {@code 0;@}. */
  private @Nullable String section(int index) {
    boolean isOfText = index > 0 && index == sections.size() - 1 && sections.get(index).equals("@");
    return index < sections.size() && !isOfText ? sections.get(index) : null;
  }

  boolean showsTextAsItIs() {
    // without a section for it, text is shown as it is
    if (sections.size() == MAX_SECTIONS) {
      return List.of("@", GENERAL).contains(sections.get(MAX_SECTIONS - 1));
    }
    return sections.size() < MAX_SECTIONS
        && sections.stream().allMatch(one -> one.equals("@") || !one.contains("@"));
  }

  /** Whether day, month and year are shown, and nothing else than a date. */
  static boolean isDate(String code) {
    return DATE.matcher(code).matches()
        && code.matches("(?:.*[^d])?d{1,2}(?:[^d].*)?")
        && code.contains("m")
        && code.contains("y");
  }
}
