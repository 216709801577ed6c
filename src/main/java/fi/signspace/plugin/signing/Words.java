package fi.signspace.plugin.signing;

import java.util.List;

/** How values appear in messages for people. */
final class Words {

  private static final int LONGEST_QUOTE = 80;

  private Words() {}

  /** A value in quotation marks, as {@link #shown}. */
  static String quoted(Object value) {
    return "“" + shown(value) + "”";
  }

  /** A value on one line, cut when long, and without personal identity codes. */
  static String shown(Object value) {
    String line = String.valueOf(value).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return cut(PersonalIdentityCode.masked(line), LONGEST_QUOTE);
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

  /** Strips the blanks at the ends, the no-break space of word processors among them. */
  static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }
}
