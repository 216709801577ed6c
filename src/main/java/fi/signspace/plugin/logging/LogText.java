package fi.signspace.plugin.logging;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.regex.Pattern;

/** Escapes text for the log. */
final class LogText {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]");
  private static final Pattern CONTROL_IN_LINES =
      Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}&&[^\n\r\t]]");

  private LogText() {}

  /** Escapes a value within a line, including line breaks. */
  static String value(String text) {
    return escaped(CONTROL, text);
  }

  /** Indents all lines but the first, so that they cannot be mistaken for log lines. */
  static String lines(String text) {
    return escaped(CONTROL_IN_LINES, PersonalIdentityCode.masked(text))
        .replaceAll("\r?\n(?=[^\\s])|\r(?!\n)", "\n  ");
  }

  private static String escaped(Pattern control, String text) {
    return control
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
