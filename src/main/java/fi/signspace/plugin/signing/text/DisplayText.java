package fi.signspace.plugin.signing.text;

import java.util.List;
import java.util.regex.Pattern;

/** Formats values for messages to users. */
public final class DisplayText {

  private static final int MAX_QUOTE = 80;

  /** Unpaired surrogates, invisible characters, and bidirectional overrides. */
  private static final Pattern GARBLING =
      Pattern.compile("[\\p{Cs}\\x{200B}\\x{2060}\\x{FEFF}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

  private DisplayText() {}

  /** Returns a value in quotation marks, see {@link #shown}. */
  public static String quoted(Object value) {
    return "“" + shown(value) + "”";
  }

  /**
   * Returns a value on one line, truncated when long, without personal identity codes and without
   * characters that garble the line.
   */
  public static String shown(Object value) {
    return shown(value, MAX_QUOTE);
  }

  /** Returns the same with a maximum length in characters. */
  public static String shown(Object value, int longest) {
    String line =
        GARBLING
            .matcher(String.valueOf(value).replaceAll("[\\p{Cc}\\u2028\\u2029]+", " "))
            .replaceAll("");
    return truncate(PersonalIdentityCode.masked(line), longest);
  }

  /** Truncates a text with "…", never within a character. */
  public static String truncate(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** "a, b or c". */
  public static String anyOf(List<String> choices) {
    int last = choices.size() - 1;
    return last == 0
        ? choices.get(0)
        : String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }
}
