package fi.signspace.plugin.signing.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finnish personal identity codes ({@code nin} in SignSpace's guide). Format and check character
 * follow the Digital and Population Data Services Agency, including the century signs introduced in
 * 2023. A code is never logged.
 *
 * <p>Three checks, from strict to lenient: {@link #isValid} for codes that are sent, {@link #isIn}
 * for text that must not be stored, and {@link #masked} for text that is shown. The latter two
 * recognize any spelling: typographic dashes, digits of other scripts, blanks, invisible
 * characters, another or no separator, escapes of JSON, URLs and HTML.
 */
public final class PersonalIdentityCode {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<day>[0-9]{2})(?<month>[0-9]{2})(?<year>[0-9]{2})"
              + "(?<sign>[-+U-YA-F])(?<number>[0-9]{3})(?<check>[0-9A-Y])");

  /**
   * In {@link Plain} text: a possible date, then any separator in place of the century sign. The
   * year may include its century, and one digit may precede the code.
   */
  private static final String SPELLED =
      "(?<![0-9]{2})(?<day>0[1-9]|[12][0-9]|3[01])(?<dot>[-. /]?)(?<month>0[1-9]|1[0-2])\\k<dot>"
          + "(?:18|19|20)?(?<year>[0-9]{2})(?<sign> {0,2}(?:[A-FU-Y]|[^0-9A-Z]{0,3}) {0,2})"
          + "(?<number>[0-9]{3})(?<check>[0-9A-Y])(?![0-9A-Z])";

  private static final Pattern ANY_SPELLING = Pattern.compile(SPELLED);

  /** With a sign, a valid code needs no boundary: {@code id131052-308Tx}. */
  private static final String ATTACHED = "[0-9]{6}[-+][0-9]{3}[0-9A-Y]";

  private static final Pattern ANY_ATTACHED = Pattern.compile(ATTACHED);

  /** UUIDs, SignSpace's ids and digests contain sequences that look like a code. */
  private static final String ID =
      "(?<id>(?<![0-9A-Z])(?:[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}"
          + "|[0-9A-F]{64}|[0-9A-F]{40}|[0-9A-F]{32}|[0-9A-F]{24})(?![0-9A-Z]))";

  /**
   * Also matches mistyped and truncated codes, and impossible dates; the guide's own example is
   * 123456-12.
   */
  private static final Pattern SUSPECTED =
      Pattern.compile(
          ID
              + "|"
              + SPELLED
              + "|(?<![0-9]{2})[0-9]{6} ?[-+] ?[0-9]{2,3}[0-9A-Z]?"
              + "|(?<![0-9])[0-9]{6} ?[A-Z] ?[0-9]{2,3}[0-9A-Z]?"
              + "|(?<attached>"
              + ATTACHED
              + ")");

  /** Every spelling of a code has at least this many digits. */
  private static final int MIN_DIGITS = 8;

  /** The preceding text continues in the number: a word, or the integer part of a fraction. */
  private static final Pattern CONTINUED = Pattern.compile("[0-9A-Z]$|[0-9]\\.$");

  private static final String MASK = "***";
  private static final String CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private static final Map<String, Integer> CENTURIES =
      Map.of("+", 1800, "-YXWVU", 1900, "ABCDEF", 2000);

  private PersonalIdentityCode() {}

  /**
   * Whether the text is a valid code: the date exists, the individual number is 002 to 999 (900 and
   * above are temporary codes) and the check character is correct. Letters must be capitals.
   */
  public static boolean isValid(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() && isConsistent(form);
  }

  /**
   * Normalizes typed text to the format of a code: capitals, a plain sign, no blanks and invisible
   * characters. Digits of other scripts are unchanged.
   */
  public static String normalized(String typed) {
    StringBuilder text = new StringBuilder();
    Normalizer.normalize(typed, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !TextRules.isBlank(c) && !TextRules.isInvisible(c))
        .map(c -> isDash(c) ? '-' : c)
        .forEach(text::appendCodePoint);
    return text.toString().toUpperCase(Locale.ROOT);
  }

  /** Whether the text contains a valid code in any spelling. */
  public static boolean isIn(String text) {
    if (hasFewDigits(text)) {
      return false;
    }
    return isInPlain(Plain.of(text, Plain.ESCAPE).text())
        || (Plain.hasEscapes(text) && isInPlain(Plain.of(text, Plain.ESCAPE_WITHOUT_DATE).text()));
  }

  private static boolean isInPlain(String plain) {
    Matcher found = ANY_SPELLING.matcher(plain);
    for (int from = 0; found.find(from); from = found.start() + 1) {
      if (isPlausible(found, plain) && isConsistent(found) && isNotPhoneNumber(found)) {
        return true;
      }
    }
    return ANY_ATTACHED.matcher(plain).results().anyMatch(attached -> isValid(attached.group()));
  }

  /** Whether the text contains anything that looks like a code, valid or not. */
  public static boolean isSuspectedIn(String text) {
    return !masked(text).equals(text);
  }

  /** Masks a text only if it contains a valid code, so that others remain comparable. */
  public static String maskedIfIn(String text) {
    return isIn(text) ? masked(text) : text;
  }

  /** Masks everything in the text that looks like a code, valid or not. */
  public static String masked(String text) {
    return masked(text, MASK);
  }

  /**
   * As {@link #masked(String)}.
   *
   * @param mask the replacement for a code
   */
  public static String masked(String text, String mask) {
    if (hasFewDigits(text)) {
      return text;
    }
    String once = masked(text, Plain.of(text, Plain.ESCAPE), mask);
    return Plain.hasEscapes(once)
        ? masked(once, Plain.of(once, Plain.ESCAPE_WITHOUT_DATE), mask)
        : once;
  }

  private static String masked(String text, Plain plain, String mask) {
    Matcher found = SUSPECTED.matcher(plain.text());
    StringBuilder result = new StringBuilder();
    int kept = 0;
    while (found.find()) {
      if (isCode(found, plain.text())) {
        result.append(text, kept, plain.inOriginal(found.start())).append(mask);
        kept = plain.inOriginal(found.end());
      }
    }
    return result.append(text, kept, text.length()).toString();
  }

  private static boolean isCode(Matcher suspected, String plain) {
    if (suspected.group("attached") != null) {
      return isValid(suspected.group());
    }
    boolean isSpelled = suspected.group("day") != null;
    return suspected.group("id") == null && (!isSpelled || isPlausible(suspected, plain));
  }

  /** A cheap check that rules out most texts, such as log lines. */
  private static boolean hasFewDigits(String text) {
    return text.codePoints().filter(PersonalIdentityCode::isDigit).limit(MIN_DIGITS).count()
        < MIN_DIGITS;
  }

  /** Superscripts and the like are digits once they are normalized. */
  private static boolean isDigit(int codePoint) {
    return Character.isDigit(codePoint) || Character.getType(codePoint) == Character.OTHER_NUMBER;
  }

  /**
   * Whether a match can be a code: a date with dots may just precede another number, and ten
   * characters may be part of a longer word or fraction.
   */
  private static boolean isPlausible(Matcher spelled, String plain) {
    if (!spelled.group("dot").isEmpty()) {
      return hasSign(spelled);
    }
    String before = plain.substring(Math.max(0, spelled.start() - 2), spelled.start());
    return !spelled.group("sign").isEmpty() || !CONTINUED.matcher(before).find();
  }

  /** Ten digits without a sign may be a phone number. */
  private static boolean isNotPhoneNumber(Matcher spelled) {
    return !spelled.group("sign").isBlank() || spelled.group("check").compareTo("9") > 0;
  }

  private static boolean hasSign(Matcher code) {
    String sign = code.group("sign").strip();
    return !sign.isEmpty() && CENTURIES.keySet().stream().anyMatch(signs -> signs.contains(sign));
  }

  /**
   * Whether the date exists, in any century if there is no sign, and number and check character are
   * valid.
   */
  private static boolean isConsistent(Matcher code) {
    String sign = code.group("sign").strip();
    String number = code.group("number");
    String digits = code.group("day") + code.group("month") + code.group("year") + number;
    int check = (int) (Long.parseLong(digits) % CHECK_CHARACTERS.length());
    return Integer.parseInt(number) >= 2
        && code.group("check").charAt(0) == CHECK_CHARACTERS.charAt(check)
        && CENTURIES.entrySet().stream()
            .filter(century -> !hasSign(code) || century.getKey().contains(sign))
            .anyMatch(century -> dateExists(century.getValue(), code));
  }

  private static boolean dateExists(int century, Matcher code) {
    int month = Integer.parseInt(code.group("month"));
    return month >= 1
        && month <= 12
        && YearMonth.of(century + Integer.parseInt(code.group("year")), month)
            .isValidDay(Integer.parseInt(code.group("day")));
  }

  private static boolean isDash(int codePoint) {
    return Character.getType(codePoint) == Character.DASH_PUNCTUATION
        || codePoint == 0x2212
        || codePoint == 0x2043
        || codePoint == 0x02D7;
  }

  /**
   * A text reduced to ASCII: capitals, digits, plain dashes and blanks, without invisible
   * characters.
   *
   * @param origins the index in the original of each character, followed by the length of the
   *     original
   */
  private record Plain(String text, List<Integer> origins) {

    /**
     * JSON's {@code \\u002d}, bytes in a URL, {@code %E2%80%93}, and HTML's entities; the latter
     * two may be encoded several times.
     */
    private static final Pattern ESCAPE = escape("");

    /** The digits after a percent sign or a backslash may be the first ones of a code. */
    private static final Pattern ESCAPE_WITHOUT_DATE = escape("(?![0-9]{6})");

    private static final Pattern REPEATED = Pattern.compile("%(?:25)+(?=[0-9A-Fa-f]{2})");

    /** Most entities with a name that people use are dashes and blanks. */
    private static final String NAMED_ENTITY = "-";

    private static Pattern escape(String condition) {
      return Pattern.compile(
          ("\\\\+u%1$s([0-9A-Fa-f]{4})|((?:%%(?:25)*%1$s[0-9A-Fa-f]{2})+)"
                  + "|&(?:amp;)*(?:#[xX]0*([0-9A-Fa-f]{1,5});?|#0*([0-9]{1,6});?|[A-Za-z]{2,8};)")
              .formatted(condition));
    }

    static boolean hasEscapes(String text) {
      return ESCAPE.matcher(text).find();
    }

    /**
     * @param escapes those that are resolved: a text with escapes can be read in two ways
     */
    static Plain of(String original, Pattern escapes) {
      StringBuilder text = new StringBuilder();
      List<Integer> origins = new ArrayList<>();
      Matcher escape = escapes.matcher(original);
      int at = 0;
      while (at < original.length()) {
        int from = at;
        String piece;
        if (isEscapeStart(original.charAt(at))
            && escape.region(at, original.length()).lookingAt()) {
          piece = unescaped(escape);
          at = escape.end();
        } else {
          piece = Character.toString(original.codePointAt(at));
          at += piece.length();
        }
        appendPlain(piece, text);
        while (origins.size() < text.length()) {
          origins.add(from);
        }
      }
      origins.add(original.length());
      return new Plain(text.toString(), origins);
    }

    int inOriginal(int index) {
      return origins.get(index);
    }

    private static boolean isEscapeStart(char c) {
      return c == '\\' || c == '%' || c == '&';
    }

    private static String unescaped(Matcher escape) {
      if (escape.group(1) != null) {
        return Character.toString((char) Integer.parseInt(escape.group(1), 16));
      }
      if (escape.group(2) != null) {
        String bytes = REPEATED.matcher(escape.group(2)).replaceAll("%");
        return URLDecoder.decode(bytes, StandardCharsets.UTF_8);
      }
      if (escape.group(3) != null) {
        return Character.toString(Integer.parseInt(escape.group(3), 16));
      }
      return escape.group(4) == null
          ? NAMED_ENTITY
          : Character.toString(Integer.parseInt(escape.group(4)));
    }

    private static void appendPlain(String piece, StringBuilder text) {
      String ascii =
          piece.charAt(0) < 128 ? piece : Normalizer.normalize(piece, Normalizer.Form.NFKC);
      ascii
          .codePoints()
          .filter(c -> TextRules.isBlank(c) || !(TextRules.isInvisible(c) || isMark(c)))
          .map(Plain::plain)
          .forEach(text::appendCodePoint);
    }

    /** As in a struck out digit, or one on a key. */
    private static boolean isMark(int codePoint) {
      int type = Character.getType(codePoint);
      return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static int plain(int codePoint) {
      if (TextRules.isBlank(codePoint)) {
        return ' ';
      }
      if (isDash(codePoint)) {
        return '-';
      }
      return Character.isDigit(codePoint)
          ? Character.forDigit(Character.digit(codePoint, 10), 10)
          : Character.toUpperCase(codePoint);
    }
  }
}
