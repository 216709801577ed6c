package fi.signspace.plugin.logging;

import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.util.regex.Pattern;

/** Makes text fit for a line of the log. */
final class LogText {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]");
  private static final Pattern CONTROL_IN_LINES =
      Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}&&[^\n\r\t]]");

  private LogText() {}

  /** A value within a line: whatever would end the line is written as an escape. */
  static String value(String text) {
    return escaped(CONTROL, text);
  }

  /** Text that may have lines of its own; all but the first are indented, as no line is. */
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
