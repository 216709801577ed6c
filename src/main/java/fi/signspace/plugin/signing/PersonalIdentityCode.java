package fi.signspace.plugin.signing;

import java.time.YearMonth;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finnish personal identity codes ({@code nin} in SignSpace's guide). Form and check character as
 * the Digital and Population Data Services Agency defines them, with the century signs that came in
 * 2023. Nothing here ever prints a code.
 */
public final class PersonalIdentityCode {

  private static final String PARTS =
      "([0-9]{2})([0-9]{2})([0-9]{2})([-+U-YA-F])([0-9]{3})([0-9A-Y])";

  private static final Pattern FORM = Pattern.compile(PARTS);

  /** Standing alone: ids and numbers have stretches that look like a code. */
  private static final Pattern WITHIN_TEXT =
      Pattern.compile("(?<![0-9A-Z])" + PARTS + "(?![0-9A-Z])", Pattern.CASE_INSENSITIVE);

  /** Wider than {@link #FORM}: what a person mistyped is as private as the code itself. */
  private static final Pattern LOOKS_LIKE_ONE =
      Pattern.compile(
          "(?<![0-9])[0-9]{6}\\s?[-+\u2010-\u2015\u2212A-Z]\\s?[0-9]{2,3}[0-9A-Z]?",
          Pattern.CASE_INSENSITIVE);

  private static final String CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private static final Map<Integer, String> SIGNS =
      Map.of(1800, "+", 1900, "-YXWVU", 2000, "ABCDEF");

  private PersonalIdentityCode() {}

  /**
   * Whether the text is a code: its date exists, its individual number is 002 to 999 (900 and above
   * are temporary codes) and its check character is right. Letters are capitals.
   */
  public static boolean isValid(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        && dateExists(form)
        && Integer.parseInt(form.group(5)) >= 2
        && form.group(6).charAt(0) == checkCharacter(form);
  }

  /** Whether a valid code stands somewhere in the text, in capitals or not. */
  public static boolean isIn(String text) {
    return WITHIN_TEXT
        .matcher(text)
        .results()
        .anyMatch(found -> isValid(found.group().toUpperCase(Locale.ROOT)));
  }

  /** The text with everything in it that looks like a code, valid or not, made unreadable. */
  public static String masked(String text) {
    return LOOKS_LIKE_ONE.matcher(text).replaceAll("***");
  }

  private static boolean dateExists(Matcher form) {
    int day = Integer.parseInt(form.group(1));
    int month = Integer.parseInt(form.group(2));
    int year = century(form.group(4)) + Integer.parseInt(form.group(3));
    return month >= 1 && month <= 12 && YearMonth.of(year, month).isValidDay(day);
  }

  private static int century(String sign) {
    return SIGNS.entrySet().stream()
        .filter(century -> century.getValue().contains(sign))
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static char checkCharacter(Matcher form) {
    long digits = Long.parseLong(form.group(1) + form.group(2) + form.group(3) + form.group(5));
    return CHECK_CHARACTERS.charAt((int) (digits % CHECK_CHARACTERS.length()));
  }
}
