package fi.signspace.plugin.signing;

import java.util.List;
import java.util.regex.Pattern;

/** How values appear in messages for people. */
final class DisplayText {

  private static final int MAX_QUOTE = 80;

  /** Half characters, and what hides or turns around what comes after it. */
  private static final Pattern GARBLING =
      Pattern.compile("[\\p{Cs}\\x{200B}\\x{2060}\\x{FEFF}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

  private DisplayText() {}

  /** A value in quotation marks, as {@link #shown}. */
  static String quoted(Object value) {
    return "“" + shown(value) + "”";
  }

  /**
   * A value on one line, cut when long, without personal identity codes and without what would
   * garble the line.
   */
  static String shown(Object value) {
    String line =
        GARBLING
            .matcher(String.valueOf(value).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "))
            .replaceAll("");
    return cut(PersonalIdentityCode.masked(line), MAX_QUOTE);
  }

  /** The text, or its beginning and "…"; no character is cut in two. */
  static String cut(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** "a, b or c". */
  static String anyOf(List<String> choices) {
    int last = choices.size() - 1;
    return last == 0
        ? choices.get(0)
        : String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }
}
